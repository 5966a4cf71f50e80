package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.BufferedReader;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More work than the server can do, and little memory: 50 clients push 28 KB packets as fast as they can. It runs for
 * about a second; for 20 times as long, {@code -Dtest=OverloadTest -Dgserver.stress=20}.
 */
@Timeout(600)
class OverloadTest {
    private static final int CLIENTS = 50;
    private static final int REQUESTS = 60 * Integer.getInteger("gserver.stress", 1); // of each client
    private static final String HEAP = "-Xmx64m"; // less than all the requests together

    @Test
    @DisplayName("requests that come faster than they are handled: each is answered, in order, in a heap of 64 MB")
    void answersEverything() throws Exception {
        Process server = startServer();
        try (BufferedReader lines = server.inputReader()) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(lines.readLine()));
            List<FutureTask<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(start(() -> push(address)));
            }
            for (FutureTask<Void> client : clients) {
                client.get();
            }
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    private static void push(InetSocketAddress address) throws Exception {
        try (TestClient client = new TestClient(address)) {
            FutureTask<Void> sending = start(() -> {
                for (int i = 0; i < REQUESTS; i++) {
                    client.send(Packets.packet(OverloadedServer.CODE, body(i, OverloadedServer.BODY_LENGTH)));
                }
            });
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.receive()).isEqualTo(Packets.packet(OverloadedServer.CODE, body(i, 4)));
            }
            sending.get();
        }
    }

    private static byte[] body(int number, int length) {
        return ByteBuffer.allocate(length).putInt(number).array();
    }

    private interface Action {
        void run() throws Exception;
    }

    private static FutureTask<Void> start(Action action) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            action.run();
            return null;
        });
        new Thread(task).start();
        return task;
    }

    private static Process startServer() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        folder(SendQueue.class) + File.pathSeparator + folder(OverloadTest.class),
                        OverloadedServer.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String folder(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
