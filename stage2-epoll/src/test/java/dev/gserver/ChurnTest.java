package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
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
    private static final int CLIENTS = POOL - 2; // one place is the port's, one that of a client that stays

    private final LogRecorder log = new LogRecorder();
    private InetSocketAddress address;
    private StatusReader status;
    private TestClient staying;

    @Test
    @DisplayName("after 1,000 short connections, half of them reset, descriptors, threads and pool are as they were")
    void leavesNothingBehind() throws Exception {
        GServer server = new GServer(
                ServerConfig.load(null, Map.of("listen.ports", "0", "worker.connections", Integer.toString(POOL))));
        Set<Thread> before = threads();
        server.start();
        Set<Thread> threads = threadsSince(before);
        try (log;
                server) {
            address = server.addresses().get(0);
            status = new StatusReader(server);
            staying = new TestClient(address);
            awaitAllButOneGone(1);
            fillPool();
            long descriptors = Descriptors.open();
            letInAndOut();
            fillPool();
            assertThat(threadsSince(before)).isEqualTo(threads);
            Descriptors.awaitAtMost(descriptors);
            staying.close();
        }
        assertThat(log.texts(Level.SEVERE)).isEmpty();
        assertThat(log.texts(Level.WARNING))
                .hasSize(2) // both from a full pool
                .allMatch(text -> text.endsWith("closed at once: all worker.connections are taken"));
    }

    /** As many at a time as there is room for, so that none is turned away. */
    private void letInAndOut() throws Exception {
        long accepted = status.number("ClientsAccepted");
        for (int left = CONNECTIONS; left > 0; left -= CLIENTS) {
            int together = Math.min(left, CLIENTS);
            for (int i = 0; i < together; i++) {
                shortConnection(i % 2 == 0);
            }
            accepted += together;
            awaitAllButOneGone(accepted);
        }
    }

    private void shortConnection(boolean reset) throws Exception {
        TestClient client = new TestClient(address);
        client.send(Packets.ping());
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
    }

    /** Takes every place of the pool; one more client is closed at once. */
    private void fillPool() throws Exception {
        long accepted = status.number("ClientsAccepted");
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new TestClient(address));
        }
        status.await("IdlePlaces", 0);
        try (TestClient oneMore = new TestClient(address)) {
            assertThat(oneMore.receiveEnd()).isZero();
        }
        for (TestClient client : clients) {
            client.reset();
        }
        awaitAllButOneGone(accepted + CLIENTS);
    }

    /**
     * Waits until {@code everAccepted} clients were let in and all but the one that stays have left. Their descriptors
     * are freed by the next wait for events: when it has returned one, they are.
     */
    private void awaitAllButOneGone(long everAccepted) throws Exception {
        status.await("ClientsAccepted", everAccepted);
        status.await("Clients", 1);
        status.await("IdlePlaces", CLIENTS);
        try (TraceRecorder trace = new TraceRecorder()) {
            staying.send(Packets.ping());
            trace.await("gsx_wait_request_handler.2", 1);
        }
    }

    /** The server's own, if {@code before} was taken before its start. */
    private static Set<Thread> threadsSince(Set<Thread> before) {
        Set<Thread> threads = threads();
        threads.removeAll(before);
        return threads;
    }

    /** All but the JVM's own, which are of another group. */
    private static Set<Thread> threads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> thread.getThreadGroup() != group);
        return threads;
    }
}
