package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that sends faster than its messages are handled. */
class BackPressureTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;
    private static final int BODY_LENGTH = 1000;
    private static final int MESSAGES = 4000;

    private static final long LEAST_TAKEN_IN = Mailbox.HIGH_WATER_BYTES * 9L / 10;

    /** The mailbox, one batch with the worker, one read, and a little. */
    private static final long MOST_TAKEN_IN = Mailbox.HIGH_WATER_BYTES + 3L * 64 * 1024;

    /** So many rounds without a byte accepted: the server has stopped reading. */
    private static final int QUIET_ROUNDS = 200;

    private final Gate gate = new Gate();
    private ReceivingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ReceivingServer(2)
                .handling(PLAIN, Numbered.BODY_LENGTH, Optional::of)
                .handling(GATE, BODY_LENGTH, gate)
                .start();
    }

    @AfterEach
    void close() {
        gate.close();
        server.close();
    }

    @Test
    @DisplayName("while the handler is stuck the server stops reading; afterwards all messages arrive in order")
    void stopsReadingAndGoesOn() throws Exception {
        ByteBuffer stream = stream();
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_SNDBUF, 16 * 1024);
            client.connect(server.address());
            client.configureBlocking(false);

            writeUntilQuiet(client, stream);
            assertThat(stream.hasRemaining()).as("not all accepted").isTrue();
            assertThat(server.bytesTakenIn()).isBetween(LEAST_TAKEN_IN, MOST_TAKEN_IN);

            gate.open();
            client.configureBlocking(true);
            while (stream.hasRemaining()) {
                client.write(stream);
            }
            assertThat(Numbered.numbers(server.answers(MESSAGES))).isEqualTo(Numbered.range(1, MESSAGES));
        }
    }

    @Test
    @DisplayName("a client that is not read from holds up no other")
    void othersGoOn() throws Exception {
        try (SocketChannel client = SocketChannel.open(server.address());
                TestClient other = server.connect()) {
            client.configureBlocking(false);
            writeUntilQuiet(client, stream());

            other.send(Numbered.packet(PLAIN, 7));

            assertThat(Numbered.numbers(server.answers(1))).containsExactly(7);
        }
    }

    /** Writes until nothing more is accepted; the server has to take in what it wants to hold before that counts. */
    private void writeUntilQuiet(SocketChannel client, ByteBuffer stream) throws Exception {
        int quiet = 0;
        while (stream.hasRemaining() && (quiet < QUIET_ROUNDS || server.bytesTakenIn() < LEAST_TAKEN_IN)) {
            long before = server.bytesTakenIn();
            int accepted = client.write(stream);
            server.awaitEventLoop();
            quiet = accepted == 0 && server.bytesTakenIn() == before ? quiet + 1 : 0;
        }
    }

    private static ByteBuffer stream() {
        List<byte[]> packets = IntStream.rangeClosed(1, MESSAGES)
                .mapToObj(number ->
                        ByteBuffer.allocate(BODY_LENGTH).putInt(number).array())
                .map(body -> Packets.packet(GATE, body))
                .toList();
        return ByteBuffer.wrap(Packets.join(packets.toArray(byte[][]::new)));
    }
}
