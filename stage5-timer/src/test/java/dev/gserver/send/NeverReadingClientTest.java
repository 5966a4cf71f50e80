package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole server over loopback; that such a client is closed after 10 s is tested without the time. */
@Timeout(30)
class NeverReadingClientTest {
    private static final int MAX_PENDING = 2_000_000;

    @Test
    @DisplayName("a client that sends and never reads is not read from; others are served meanwhile")
    void isNotReadFrom() throws Exception {
        Map<String, String> settings = Map.of("listen.ports", "0", "send.max-pending-bytes", "" + MAX_PENDING);
        try (LogRecorder log = new LogRecorder();
                GServer server = new GServer(ServerConfig.load(null, settings))) {
            server.start();
            StatusReader status = new StatusReader(server);
            try (TestClient client = new TestClient(server.addresses().get(0), 4_096);
                    TestClient other = new TestClient(server.addresses().get(0))) {
                FutureTask<Void> sending = keepSending(client);
                while (status.number("BytesPending") <= MAX_PENDING / 4) {
                    assertIsServed(other);
                }
                for (int i = 0; i < 100; i++) {
                    assertIsServed(other);
                    assertThat(status.number("BytesPending")).isLessThan(MAX_PENDING);
                }
                assertThat(sending.isDone()).isFalse();
                assertThat(log.texts(Level.WARNING)).isEmpty();
            }
        }
    }

    private static void assertIsServed(TestClient client) throws IOException {
        assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
        assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
    }

    /** Has a thread send until the connection is gone; then the task has failed. */
    private static FutureTask<Void> keepSending(TestClient client) {
        byte[][] many =
                Collections.nCopies(1_000, Packets.register(1, "user", "")).toArray(byte[][]::new);
        FutureTask<Void> sending = new FutureTask<>(() -> {
            while (true) {
                client.send(many);
            }
        });
        Thread thread = new Thread(sending);
        thread.setDaemon(true);
        thread.start();
        return sending;
    }
}
