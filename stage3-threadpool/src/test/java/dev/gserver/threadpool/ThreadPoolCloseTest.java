package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.epoll.Client;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How the workers end. Each test gets hold of them by having all of them come into a gate. */
class ThreadPoolCloseTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;
    private static final int OTHER_GATE = 3;

    private final LogRecorder log = new LogRecorder();
    private final Gate gate = new Gate();
    private final Gate otherGate = new Gate();
    private TestPool pool;

    @AfterEach
    void close() {
        gate.close();
        otherGate.close();
        pool.close();
        log.close();
    }

    @Test
    @DisplayName("close lets each thread finish the message in hand; what waits behind it is left")
    void finishesTheMessageInHand() throws Exception {
        start(2);
        Client client = pool.connect(0);
        pool.deliver(client, List.of(Numbered.message(client, GATE, 1), Numbered.message(client, PLAIN, 2)));
        pool.deliver(pool.connect(1), OTHER_GATE, 3);
        gate.awaitEntered(1);
        otherGate.awaitEntered(1);
        pool.deliver(client, PLAIN, 4);
        otherGate.open();
        assertThat(pool.answers(1)).containsExactly(3);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(pool::close);
        assertAllEnd(otherGate.threads()); // it has no message in hand: so close has begun
        gate.open();
        closing.get();
        assertAllEnd(gate.threads());
        assertThat(pool.answersSoFar()).containsExactly(1);
    }

    @Test
    @DisplayName("handlers that do not end are left behind with a warning each, after one second for all together")
    void leavesStuckHandlersBehind() throws Exception {
        int threads = 20;
        start(threads);
        holdThreads(threads);
        long start = System.nanoTime();
        pool.close();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(millis).isBetween(990L, 15_000L);
        assertThat(log.texts(Level.WARNING))
                .isEqualTo(IntStream.rangeClosed(1, threads)
                        .mapToObj(number -> "worker-" + number + " has not ended and is left behind")
                        .toList());
        assertThat(gate.threads()).allMatch(Thread::isAlive);
    }

    @Test
    @DisplayName("no worker is interrupted, not even one that is left behind; it ends when its handler does")
    void nobodyIsInterrupted() throws Exception {
        start(2);
        holdThreads(2);
        pool.close();
        gate.open();
        assertAllEnd(gate.threads());
        assertThat(gate.interrupted()).isFalse();
    }

    private void start(int threads) {
        pool = new TestPool(threads)
                .handling(PLAIN, TestPool.ECHO)
                .handling(GATE, gate)
                .handling(OTHER_GATE, otherGate)
                .start();
    }

    private void holdThreads(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            pool.deliver(pool.connect(i), GATE, i);
        }
        gate.awaitEntered(count);
    }

    private static void assertAllEnd(List<Thread> threads) throws InterruptedException {
        assertThat(threads).isNotEmpty();
        for (Thread thread : threads) {
            thread.join(8_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }
}
