package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients hold that are never heard of again comes back, and nobody else notices. */
@Timeout(30)
class SilentClientsTest {
    private static final int PLACES = 50;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int REQUESTS = 3_000;

    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @AutoClose
    private final TestServer server =
            new TestServer("worker.connections", "" + (1 + PLACES), "heartbeat.interval-ms", "1000");

    private final StatusReader status = server.status();
    private final List<TestClient> silent = new ArrayList<>();
    private long lastPing = System.nanoTime();

    SilentClientsTest() throws Exception {}

    @AfterEach
    void closeSilent() throws Exception {
        for (TestClient client : silent) {
            client.close();
        }
    }

    @Test
    @DisplayName("silent clients have all places but one: they are kicked, who pings meanwhile stays, others get in")
    void givesPlacesBack() throws Exception {
        try (TestClient pinging = server.connect()) {
            while (silent.size() < PLACES - 1) {
                silent.add(server.connect());
            }
            while (status.number("Kicks") < silent.size()) {
                assertStays(pinging);
            }
            for (TestClient client : silent) {
                assertThat(client.receiveEnd()).isZero();
            }
            assertStays(pinging); // it came first: with no ping of it noted, it would have been kicked first
            try (TestClient next = server.connect()) {
                assertThat(next.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
            }
        }
    }

    private void assertStays(TestClient pinging) throws IOException {
        byte[] answer = pinging.send(Packets.ping()).receiveUnlessEnded();
        assumeTrue(answer != null || System.nanoTime() - lastPing < INTERVAL_NANOS, "the machine stood still");
        assertThat(answer).isEqualTo(Packets.ping());
        lastPing = System.nanoTime();
    }

    @Test
    @DisplayName("a client that has ended its side and takes no answers is kicked, and its answers thrown away")
    void givesMemoryBack() throws Exception {
        TestClient client = new TestClient(server.address(), 4_096);
        silent.add(client);
        byte[] request = Packets.register(1, "user", "");
        client.send(Collections.nCopies(REQUESTS, request).toArray(byte[][]::new));
        client.endOutput();
        status.await("MessagesHandled", REQUESTS);
        assertThat(status.number("BytesPending")).isPositive();
        status.await("Clients", 0);
        status.await("BytesPending", 0);
        assertThat(status.number("MemoryBytes")).isZero();
        assertThat(log.texts(Level.WARNING))
                .singleElement()
                .asString()
                .startsWith("127.0.0.1:" + client.port() + ": closed: no ping for ");
    }
}
