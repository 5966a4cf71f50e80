package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.util.Collections;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that ends its sending side while its socket is full of answers, over loopback. */
@Timeout(30)
class HalfCloseTest {
    private static final byte[] REQUEST = Packets.register(1, "user", "");
    private static final byte[][] REQUESTS = Collections.nCopies(1_000, REQUEST).toArray(byte[][]::new);

    private final LogRecorder log = new LogRecorder();
    private GServer server;
    private StatusReader status;

    @BeforeEach
    void start() throws Exception {
        server = new GServer(
                ServerConfig.load(null, Map.of("listen.ports", "0", "send.max-pending-bytes", "100000000")));
        server.start();
        status = new StatusReader(server);
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @Test
    @DisplayName("a client that ends its side with its socket full gets the rest by write events, then the end")
    void sendsTheRestByWriteEvents() throws Exception {
        try (TestClient client = new TestClient(server.addresses().get(0))) {
            int sent = fillSocket(client);
            client.endOutput();
            awaitLog("input ended: the client has ended its side");
            try (TraceRecorder trace = new TraceRecorder()) {
                for (int i = 0; i < sent; i++) {
                    assertThat(client.receive()).as("answer %d of %d", i, sent).isEqualTo(REQUEST);
                }
                assertThat(client.receiveEnd()).isZero();
                assertThat(trace.ids("gsx_write_request_handler.3")).isNotEmpty();
            }
            status.await("Clients", 0);
        }
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    /** Sends until answers wait for a write event, and returns how many requests that took. */
    private int fillSocket(TestClient client) throws Exception {
        int sent = 0;
        while (status.number("ClientsAwaitingWriteEvent") == 0 || status.number("BytesPending") < 1_000_000) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse(); // out of time
            client.send(REQUESTS);
            sent += REQUESTS.length;
        }
        return sent;
    }

    private void awaitLog(String text) {
        while (log.texts(Level.FINE).stream().noneMatch(line -> line.endsWith(text))) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse(); // out of time
            Thread.yield();
        }
    }
}
