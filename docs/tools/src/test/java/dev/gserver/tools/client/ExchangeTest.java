package dev.gserver.tools.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.common.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final int LONG = 60_000; // milliseconds; nothing waits so long
    private static final int SHORT = 100;
    private static final byte[] PING = Packet.bytes("ping");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private ServerSocket server;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private interface Part {
        void play(Socket client) throws IOException;
    }

    /** Talks to a server that plays that part and then keeps the connection. */
    private boolean talk(int waitMillis, byte[] bytes, int piece, Part part) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> played = CompletableFuture.runAsync(() -> {
            try (Socket client = server.accept()) {
                part.play(client);
                if (!client.isClosed()) {
                    end.join();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        PrintStream out = new PrintStream(printed, false, StandardCharsets.UTF_8);
        boolean answered = new Exchange(waitMillis, out).run(server.getLocalPort(), bytes, piece);
        end.complete(null);
        played.join();
        return answered;
    }

    private String lastLine() {
        return printed.toString(StandardCharsets.UTF_8).lines().reduce("", (before, line) -> line);
    }

    @Test
    @DisplayName("it ends as soon as each request has its answer, though that comes in pieces")
    void endsWithTheAnswers() {
        boolean answered = talk(LONG, Packet.bytes("hex:00080000000000000008000000000000"), 3, client -> {
            assertThat(client.getInputStream().readNBytes(2 * PING.length))
                    .startsWith(PING)
                    .endsWith(PING);
            for (int i = 0; i < 2 * PING.length; i++) {
                client.getOutputStream().write(PING[i % PING.length]);
            }
        });
        assertThat(answered).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter("<- 00 08                    length 8"::equals))
                .hasSize(2);
        assertThat(lastLine()).isEqualTo("<- 00 00 00 00              crc, right: there is no body");
    }

    @Test
    @DisplayName("a server that closes the connection, in order or by a reset")
    void tellsOfTheEnd() {
        assertThat(talk(LONG, PING, PING.length, Socket::close)).isFalse();
        assertThat(lastLine()).isEqualTo("the server has closed the connection");
        boolean answered = talk(LONG, Packet.bytes("hex:0007000000000000"), 8, client -> {
            client.getInputStream().readNBytes(8);
            client.setSoLinger(true, 0);
            client.close();
        });
        assertThat(answered).as("nothing was to be answered").isTrue();
        assertThat(lastLine()).isEqualTo("the server has closed the connection");
    }

    @Test
    @DisplayName("one of two answers is not enough")
    void countsAnswers() {
        boolean answered = talk(LONG, Packet.bytes("hex:00080000000000000008000000000000"), 16, client -> {
            client.getInputStream().readNBytes(16);
            client.getOutputStream().write(PING);
            client.close();
        });
        assertThat(answered).isFalse();
        assertThat(lastLine()).isEqualTo("the server has closed the connection");
    }

    @Test
    @DisplayName("a server that says nothing")
    void tellsOfSilence() {
        assertThat(talk(SHORT, PING, PING.length, client -> {})).isFalse();
        assertThat(lastLine()).isEqualTo("no answer within 100 ms");
    }

    @Test
    @DisplayName("no server on the port: one line")
    void refuses() throws IOException {
        server.close();
        assertThatThrownBy(() -> talk(LONG, PING, PING.length, client -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessage("no server answers on port " + server.getLocalPort() + "; start one with: ./course run 5");
    }
}
