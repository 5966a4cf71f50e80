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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real sockets, the event loop and the sending half of the server: it sends back whatever it receives. */
class NeverReadingClientTest {
    private static final int CONNECTIONS = 10;
    private static final int MAX_PENDING = 1_000_000; // far more than one read brings, so only a stall can end it

    private final LogRecorder log = new LogRecorder();
    private ListeningSockets ports;
    private EventLoop eventLoop;
    private SendThread sendThread;

    @BeforeEach
    void start() throws IOException {
        ports = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 50);
        ClientWarnings warnings = new ClientWarnings(System::nanoTime);
        eventLoop = new EventLoop(ports.sockets(), CONNECTIONS, warnings);
        SendQueue queue = new SendQueue(eventLoop, CONNECTIONS, MAX_PENDING, Duration.ofMillis(20), warnings);
        eventLoop.deliverTo((connection, messages) -> messages.forEach(queue::msgSend));
        eventLoop.addListener(queue);
        sendThread = new SendThread(queue);
        sendThread.start();
        eventLoop.start();
    }

    @AfterEach
    void close() {
        sendThread.close();
        eventLoop.close();
        ports.close();
        log.close();
    }

    @Test
    @DisplayName("a client that sends and never reads is not read from, then closed; others are served all the while")
    void isClosed() throws Exception {
        InetSocketAddress address = ports.sockets().get(0).address();
        byte[][] many = new byte[1_000][];
        Arrays.fill(many, Packets.register(1, "user", ""));
        try (TestClient client = new TestClient(address, 4_096);
                TestClient other = new TestClient(address)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            client.send(many);
                            assertThat(other.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(log.texts(Level.WARNING))
                    .containsExactly("127.0.0.1:" + client.port()
                            + ": closed: it does not read its answers: it has taken none for 20 ms");
            assertThat(other.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
        }
    }
}
