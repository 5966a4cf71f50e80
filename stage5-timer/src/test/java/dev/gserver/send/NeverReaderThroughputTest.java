package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many answers 64 clients get in a time while one more sends and never reads, as a share of how many they get without
 * it. That time begins when as much waits for it as may: until then it is a busy client like any other. The machine has
 * other work to do, so each share is of two times one after the other, and there are as many shares as it takes until
 * half of them are high enough. Only if it is asked for: {@code -Dtest=NeverReaderThroughputTest -Dgserver.stress=20}.
 */
@Timeout(120)
@EnabledIfSystemProperty(named = "gserver.stress", matches = ".*")
class NeverReaderThroughputTest {
    private static final int CLIENTS = 64;
    private static final int THREADS = 2;
    private static final int LEAST_ROUNDS = 7;
    private static final int MOST_ROUNDS = 100;
    private static final int WINDOW_MILLIS = 60 * Integer.getInteger("gserver.stress", 1);
    private static final int MAX_PENDING = 2_000_000;
    private static final double LEAST_SHARE = 0.9;

    private final LongAdder answers = new LongAdder();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    @DisplayName("beside a client that sends and never reads, 64 others get 90 % of the answers they get without it")
    void othersKeepTheirThroughput() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        try (GServer server = new GServer(
                ServerConfig.load(null, Map.of("listen.ports", "0", "send.max-pending-bytes", "" + MAX_PENDING)))) {
            server.start();
            InetSocketAddress address = server.addresses().get(0);
            for (int i = 0; i < THREADS; i++) {
                clients.add(threads.submit(() -> askAndRead(address)));
            }
            StatusReader status = new StatusReader(server);
            status.await("Clients", CLIENTS);
            do {
                double without = answersOnceSettled();
                try (TestClient neverReader = new TestClient(address, 4_096)) {
                    Future<?> pushing = threads.submit(() -> push(neverReader));
                    awaitPause(status);
                    shares.add(answersOnceSettled() / without);
                    assertThat(pushing.isDone()).as("it has been closed").isFalse();
                }
            } while (shares.size() < MOST_ROUNDS && (shares.size() < LEAST_ROUNDS || median(shares) < LEAST_SHARE));
            ended.countDown();
            for (Future<?> client : clients) {
                client.get();
            }
        } finally {
            ended.countDown();
            threads.shutdown();
        }
        assertThat(median(shares)).as("shares of " + shares).isGreaterThanOrEqualTo(LEAST_SHARE);
    }

    /** Half of the clients: each sends a packet, then each reads its answer, until the end. */
    private Void askAndRead(InetSocketAddress address) throws IOException {
        byte[] request = Packets.register(1, "user", "");
        List<TestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS / THREADS; i++) {
                clients.add(new TestClient(address));
            }
            while (ended.getCount() > 0) {
                for (TestClient client : clients) {
                    client.send(request);
                }
                for (TestClient client : clients) {
                    assertThat(client.receive()).isEqualTo(request);
                    answers.increment();
                }
            }
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
        return null;
    }

    /** Sends until the other side is closed. */
    private static void push(TestClient client) {
        byte[][] many =
                Collections.nCopies(1_000, Packets.register(1, "user", "")).toArray(byte[][]::new);
        try {
            while (true) {
                client.send(many);
            }
        } catch (IOException e) {
            // closed at the end of the window
        }
    }

    /** Waits until its socket is full, and more than a quarter of what may wait does: so it is not read from again. */
    private static void awaitPause(StatusReader status) throws Exception {
        while (status.number("ClientsAwaitingWriteEvent") == 0 || status.number("BytesPending") <= MAX_PENDING / 4) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            Thread.yield();
        }
    }

    private double answersOnceSettled() throws InterruptedException {
        answersInWindow(); // with what is still left to do of what was before
        return answersInWindow();
    }

    private double answersInWindow() throws InterruptedException {
        long before = answers.sum();
        long start = System.nanoTime();
        ended.await(WINDOW_MILLIS, TimeUnit.MILLISECONDS);
        return (answers.sum() - before) / (double) (System.nanoTime() - start);
    }

    private static double median(List<Double> shares) {
        return shares.stream().sorted().skip(shares.size() / 2).findFirst().orElseThrow();
    }
}
