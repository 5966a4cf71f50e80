package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many short connections. For more of them: {@code -Dtest=ChurnTest -Dgserver.stress=100}. */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
class ChurnTest {
    private static final int CONNECTIONS = 1_000 * Integer.getInteger("gserver.stress", 1);
    private static final int POOL = 20;
    private static final int CLIENTS = POOL - 1; // one place is the port's

    private final LogRecorder log = new LogRecorder();

    @Test
    @DisplayName("after 1,000 short connections, half of them reset, descriptors, threads and pool are as they were")
    void leavesNothingBehind() throws Exception {
        GServer server = new GServer(
                ServerConfig.load(null, Map.of("listen.ports", "0", "worker.connections", Integer.toString(POOL))));
        server.start();
        try (log;
                server) {
            InetSocketAddress address = server.addresses().get(0);
            fillPool(address);
            long descriptors = Descriptors.open();
            int threads = Thread.activeCount();
            for (int i = 0; i < CONNECTIONS; i++) {
                shortConnection(address, i);
            }
            fillPool(address);
            assertThat(Thread.activeCount()).isEqualTo(threads);
            Descriptors.awaitAtMost(descriptors);
            assertThat(log.records())
                    .filteredOn(record -> record.getLevel().intValue() > java.util.logging.Level.INFO.intValue())
                    .extracting(record -> record.getMessage())
                    .allMatch(text -> text.contains("closed at once"));
        }
    }

    private static void shortConnection(InetSocketAddress address, int number) throws IOException {
        TestClient client = new TestClient(address);
        try {
            client.send(Packets.ping());
        } catch (IOException e) {
            // closed at once, as those before it have not all been seen to leave
        }
        if (number % 2 == 0) {
            client.reset();
        } else {
            client.close();
        }
    }

    /** Takes every place of the pool, which takes until all before have been seen to leave; one more is closed at once. */
    private static void fillPool(InetSocketAddress address) throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            List<TestClient> clients = new ArrayList<>();
            while (countInside(clients, trace) < CLIENTS) {
                clients.add(new TestClient(address));
            }
            try (TestClient oneMore = new TestClient(address)) {
                assertThat(oneMore.receiveEnd()).isZero();
            }
            for (TestClient client : clients) {
                client.reset();
            }
            trace.await("gsx_event_accept.1", clients.size() + 1);
        }
    }

    private static long countInside(List<TestClient> clients, TraceRecorder trace) {
        List<String> endings = clients.stream()
                .map(client -> ":" + client.port() + "): read event added")
                .toList();
        return trace.steps("gsx_event_accept.4").stream()
                .filter(step -> endings.stream().anyMatch(step.what()::endsWith))
                .count();
    }
}
