package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server process that may have few open descriptors, and more clients that want in than it has. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DescriptorLimitTest {
    private static final int CLIENTS = 200;
    private static final int DEPARTURES = 15;
    private static final String WAIT = "[gsx_epoll_process_events.1]";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("out of descriptors: those inside go on, nothing spins, and who waits gets in when others leave")
    void keepsServing() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (LimitedServer server = new LimitedServer(folder, 64)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new TestClient(server.address())); // as far as the backlog at least
            }
            server.await("accept failed: ");
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

    @Test
    @DisplayName(
            "60 clients where there is room for fewer: whenever one leaves, the next gets in at once, and not after a"
                    + " pause; one warning tells of it all")
    void takesPlacesAgainAtOnce() throws Exception {
        Deque<TestClient> clients = new ArrayDeque<>(); // in the order in which they get in
        List<String> lines = new ArrayList<>();
        try (LimitedServer server = new LimitedServer(folder, 40)) {
            for (int i = 0; i < 60; i++) {
                clients.add(new TestClient(server.address()));
            }
            lines.addAll(server.readTo("accept failed: "));
            for (int i = 0; i < DEPARTURES; i++) {
                clients.remove().close();
                lines.addAll(server.readTo("[gsx_event_accept.4]"));
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
        assertThat(lines).filteredOn(line -> line.contains("accept failed: ")).hasSize(1);
        assertThat(lines)
                .as("waits in which nothing happened: a pause of 500 ms ends with one")
                .filteredOn(line -> line.contains("events returned: 0"))
                .hasSizeLessThan(DEPARTURES / 2);
        assertThat(lines.stream().dropWhile(line -> !line.contains("accept failed: ")))
                .as("waits, of which a departure needs three: the client's end, the next client, the port that fails")
                .filteredOn(line -> line.contains(WAIT))
                .hasSizeLessThan(10 * DEPARTURES);
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
