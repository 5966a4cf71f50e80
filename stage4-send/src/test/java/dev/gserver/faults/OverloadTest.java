package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.JavaProcess;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More work than the server can do, and little memory: 50 clients push 28 KB packets as fast as they can. They do
 * so for a second; for 20 times as long, {@code -Dtest=OverloadTest -Dgserver.stress=20}. On a busy machine they may
 * need 5 seconds to push more than the heap holds.
 */
@Timeout(600)
class OverloadTest {
    private static final int CLIENTS = 50;
    private static final long PUSH_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("gserver.stress", 1));
    private static final String HEAP = "-Xmx64m";

    @Test
    @DisplayName("requests that come faster than they are handled: each is answered, in order, in a heap of 64 MB")
    void answersEverything() throws Exception {
        Process server = startServer();
        try (BufferedReader lines = server.inputReader()) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(lines.readLine()));
            List<FutureTask<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(start(() -> push(address)));
            }
            for (FutureTask<Integer> client : clients) {
                client.get();
            }
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    /** Returns how many requests were answered: all, in order. */
    private static int push(InetSocketAddress address) throws Exception {
        try (TestClient client = new TestClient(address).limitSendBuffer(OverloadedServer.SOCKET_BUFFER_BYTES)) {
            FutureTask<Integer> sending = start(() -> send(client));
            int answered = 0;
            try {
                for (; ; answered++) {
                    assertThat(client.receive()).isEqualTo(Packets.packet(OverloadedServer.CODE, body(answered, 4)));
                }
            } catch (EOFException e) {
                assertThat(answered).isEqualTo(sending.get());
                return answered;
            }
        }
    }

    /** Sends numbered requests until the time is over, then ends its side; returns how many. */
    private static int send(TestClient client) throws IOException {
        long start = System.nanoTime();
        int count = 0;
        while (System.nanoTime() - start < PUSH_NANOS) {
            client.send(Packets.packet(OverloadedServer.CODE, body(count, OverloadedServer.BODY_LENGTH)));
            count++;
        }
        client.endOutput();
        return count;
    }

    private static byte[] body(int number, int length) {
        return ByteBuffer.allocate(length).putInt(number).array();
    }

    private static <T> FutureTask<T> start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static Process startServer() throws Exception {
        return JavaProcess.start(HEAP, "-XX:+ExitOnOutOfMemoryError", OverloadedServer.class.getName());
    }
}
