package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.EventLoop;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real sockets, the event loop and the sending half of the server: it sends back whatever it receives. */
@Timeout(30)
class NeverReadingClientTest {
    private static final int CONNECTIONS = 10;
    private static final int MAX_PENDING = 1_000_000; // far more than one read brings, so only a stall can end it

    private final LogRecorder log = new LogRecorder();
    private ListeningSockets ports;
    private EventLoop eventLoop;
    private SendQueue queue;
    private SendThread sendThread;

    @AfterEach
    void close() {
        sendThread.close();
        eventLoop.close();
        ports.close();
        log.close();
    }

    @Test
    @DisplayName("a client that sends and never reads is not read from; others are served meanwhile")
    void isNotReadFrom() throws Exception {
        InetSocketAddress address = start(Duration.ofHours(1));
        try (TestClient client = new TestClient(address, 4_096);
                TestClient other = new TestClient(address)) {
            FutureTask<Void> sending = keepSending(client);
            while (queue.clientsAwaitingWriteEvent() == 0 || queue.bytesPending() <= MAX_PENDING / 4) {
                assertIsServed(other);
            }
            for (int i = 0; i < 100; i++) {
                assertIsServed(other);
            }
            assertThat(log.texts(Level.WARNING)).isEmpty(); // read from, it would be past the limit by now
            assertThat(sending.isDone()).isFalse();
        }
    }

    @Test
    @DisplayName("a client that sends and never reads is closed when it stalls; others are served all the while")
    void isClosed() throws Exception {
        InetSocketAddress address = start(Duration.ofMillis(20));
        try (TestClient client = new TestClient(address, 4_096);
                TestClient other = new TestClient(address)) {
            FutureTask<Void> sending = keepSending(client);
            while (!sending.isDone()) {
                assertIsServed(other);
            }
            assertThatThrownBy(sending::get).hasCauseInstanceOf(SocketException.class);
            assertThat(log.texts(Level.WARNING))
                    .containsExactly("127.0.0.1:" + client.port()
                            + ": closed: it does not read its answers: it has taken none for 20 ms");
            assertIsServed(other);
        }
    }

    private static void assertIsServed(TestClient client) throws IOException {
        assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
        assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
    }

    /** Has a thread send until the connection is gone; then the task has failed. */
    private static FutureTask<Void> keepSending(TestClient client) {
        byte[][] many = new byte[1_000][];
        Arrays.fill(many, Packets.register(1, "user", ""));
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

    private InetSocketAddress start(Duration stall) throws IOException {
        ports = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 50);
        ClientWarnings warnings = new ClientWarnings(System::nanoTime);
        eventLoop = new EventLoop(ports.sockets(), CONNECTIONS, warnings);
        queue = new SendQueue(eventLoop, CONNECTIONS, MAX_PENDING, stall, warnings);
        eventLoop.deliverTo((connection, messages) -> messages.forEach(queue::msgSend));
        eventLoop.addListener(queue);
        sendThread = new SendThread(queue);
        sendThread.start();
        eventLoop.start();
        return ports.sockets().get(0).address();
    }
}
