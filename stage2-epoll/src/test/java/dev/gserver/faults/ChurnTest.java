package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.Descriptors;
import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.config.ServerConfig;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Many short connections. For more of them: {@code -Dtest=ChurnTest -Dgserver.stress=100}. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ChurnTest {
    private static final int CONNECTIONS = 1_000 * Integer.getInteger("gserver.stress", 1);
    private static final int POOL = 20;
    private static final int CLIENTS = POOL - 2; // one place is the port's, one that of a client that stays

    private final LogRecorder log = new LogRecorder();
    private final Logger logger = Logger.getLogger("dev.gserver");
    private final AtomicLong opened = new AtomicLong(); // clients, ever, as the log tells
    private final AtomicLong closed = new AtomicLong();
    private final Handler lives = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().endsWith(": opened")) {
                opened.incrementAndGet();
            } else if (line.getMessage().contains(": closed: ")) {
                closed.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private InetSocketAddress address;
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
            logger.addHandler(lives);
            staying = new TestClient(address);
            awaitAllButOneGone(1);
            fillPool();
            long descriptors = Descriptors.open();
            letInAndOut();
            fillPool();
            assertThat(threadsSince(before)).isEqualTo(threads);
            Descriptors.awaitAtMost(descriptors);
            staying.close();
        } finally {
            logger.removeHandler(lives);
        }
        assertThat(log.texts(Level.SEVERE)).isEmpty();
        assertThat(log.texts(Level.WARNING))
                .hasSize(2) // both from a full pool
                .allMatch(text -> text.endsWith("closed at once: all worker.connections are taken"));
    }

    /** As many at a time as there is room for, so that none is turned away. */
    private void letInAndOut() throws Exception {
        long accepted = opened.get();
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
        client.send(Packets.ping(), Arrays.copyOf(Packets.ping(), 5));
        if (reset) {
            client.reset();
        } else {
            client.close();
        }
    }

    /** Takes every place of the pool; one more client is closed at once. */
    private void fillPool() throws Exception {
        long accepted = opened.get();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new TestClient(address));
        }
        awaitLives(accepted + CLIENTS, accepted - 1);
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
        awaitLives(everAccepted, everAccepted - 1);
        try (TraceRecorder trace = new TraceRecorder()) {
            staying.send(Packets.ping());
            trace.await("gsx_wait_request_handler.2", 1);
        }
    }

    private void awaitLives(long everOpened, long everClosed) throws Exception {
        Await.until(
                everOpened + " clients opened, " + everClosed + " closed",
                () -> opened.get() == everOpened && closed.get() == everClosed);
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
