package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.TestLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that sends faster than its messages are handled. */
@Timeout(30)
class BackPressureTest {
    private static final int GATE = 2;
    private static final int BODY_LENGTH = 1000;
    private static final int MESSAGES = 4000;
    private static final long MOST_REQUEST_BYTES = 256 * 1024;

    /** What may be held, and one read. */
    private static final long MOST_TAKEN_IN = MOST_REQUEST_BYTES + 64 * 1024;

    private final Gate gate = new Gate();
    private ReceivingServer server;
    private TestClient client;

    @BeforeEach
    void fillTheServer() throws Exception {
        server = new ReceivingServer(2).handling(GATE, BODY_LENGTH, gate).start();
        client = server.connect();
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
        client.close();
        server.close();
    }

    @Test
    @DisplayName("while the handler is stuck the server stops reading; afterwards all messages arrive in"
            + " order, and a client that has ended its output meanwhile is closed")
    void stopsReadingAndGoesOn() throws Exception {
        FutureTask<Void> sending = startSending();
        awaitPaused();
        assertThat(server.bytesTakenIn()).isBetween(MOST_REQUEST_BYTES * 9 / 10, MOST_TAKEN_IN);
        gate.open();
        sending.get();
        client.endOutput();
        assertThat(client.receiveEnd()).isZero();
        assertThat(Numbered.numbers(server.answersSoFar())).isEqualTo(Numbered.range(1, MESSAGES));
    }

    private FutureTask<Void> startSending() throws Exception {
        byte[][] packets = IntStream.rangeClosed(1, MESSAGES)
                .mapToObj(number ->
                        ByteBuffer.allocate(BODY_LENGTH).putInt(number).array())
                .map(body -> Packets.packet(GATE, body))
                .toArray(byte[][]::new);
        FutureTask<Void> sending = new FutureTask<>(() -> {
            client.send(packets);
            return null;
        });
        new Thread(sending).start();
        return sending;
    }

    /** Waits until there is more to read for the event loop, and it does not read it. */
    private void awaitPaused() throws Exception {
        gate.awaitEntered(1);
        Client inside = gate.requests().get(0).client();
        long before;
        do {
            before = server.bytesTakenIn();
            TestLoop.awaitReadable(inside.connection());
            server.loop().roundTrip();
        } while (server.bytesTakenIn() != before || before < MOST_REQUEST_BYTES * 9 / 10);
    }
}
