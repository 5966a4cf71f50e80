package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server process that may have 64 open descriptors, and 200 clients that want in. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class DescriptorLimitTest {
    private static final int CLIENTS = 200;
    private static final String WAIT = "gsx_epoll_process_events.1 ";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("out of descriptors: those inside go on, nothing spins, and who waits gets in when others leave")
    void keepsServing() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (LimitedServer server = new LimitedServer(folder)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new TestClient(server.address())); // as far as the backlog at least
            }
            server.await("accept failed: Too many open files");
            assertIsServed(clients.get(0), server);
            assertDoesNotSpin(server);

            for (TestClient client : clients.subList(0, CLIENTS / 2)) {
                client.close();
            }
            assertIsServed(clients.get(CLIENTS / 2), server);
            for (TestClient client : clients.subList(CLIENTS / 2, CLIENTS - 1)) {
                client.close();
            }
            assertIsServed(clients.get(CLIENTS - 1), server);
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private static void assertIsServed(TestClient client, LimitedServer server) throws Exception {
        client.send(Packets.ping());
        server.await("127.0.0.1:" + client.port() + "): complete: packet");
    }

    /**
     * Counts how often the event loop waits for events in two seconds of its own trace: twice for each pause of 500 ms,
     * as the pause's end and the port's event each end a wait. A loop that spins comes to thousands.
     */
    private static void assertDoesNotSpin(LimitedServer server) throws Exception {
        double start = millis(server.await(WAIT));
        int waits = 0;
        while (millis(server.await(WAIT)) - start < 2_000) {
            waits++;
        }
        assertThat(waits).isBetween(1, 20);
    }

    private static double millis(String traceLine) {
        return Double.parseDouble(
                traceLine.substring(0, traceLine.indexOf(" ms ")).strip());
    }
}
