package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many hand-overs from the event loop's thread, which the test's thread plays, to the workers. Where messages come in
 * bursts, there is a wait until all of a burst is handled: the next message would make up for a lost wake-up. Each round
 * has its own random numbers, the same every time. For more rounds: {@code -Dtest=HandOverStressTest
 * -Dgserver.stress=100}.
 */
@Timeout(60)
class HandOverStressTest {
    private static final int CLIENTS = 50;
    private static final int WORKERS = 4;
    private static final int MESSAGES = 20_000;
    private static final int MOST_OF_A_BURST = 200;
    private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int PLAIN = 1;
    private static final int LAST = 2;

    private final Map<Client, Integer> handled = new ConcurrentHashMap<>();
    private final Map<Client, Integer> sent = new ConcurrentHashMap<>();
    private final Semaphore handledOfBurst = new Semaphore(0);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("bursts of messages of 50 clients: all of a burst are handled, each once, each client's in order")
    void completeAndInOrder(int round) throws Exception {
        Random random = new Random(round);
        try (TestPool pool = pool()) {
            List<Client> clients = connect(pool);
            for (int sentAll = 0; sentAll < MESSAGES; ) {
                int burst = 1 + random.nextInt(1 + random.nextInt(MOST_OF_A_BURST));
                for (int left = burst; left > 0; ) {
                    int count = Math.min(1 + random.nextInt(8), left);
                    deliver(pool, clients.get(random.nextInt(CLIENTS)), count);
                    left -= count;
                }
                sentAll += burst;
                assertThat(handledOfBurst.tryAcquire(burst, 20, TimeUnit.SECONDS))
                        .as("all of the burst is handled; faults: " + faults)
                        .isTrue();
            }
            deliverLast(pool, clients);
            assertThat(faults).isEmpty();
            assertThat(handled).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("clients come and go all the time: those who stay get all handled, in order, and nobody another's")
    void clientsComeAndGo(int round) throws Exception {
        Random random = new Random(round);
        try (TestPool pool = pool()) {
            List<Client> clients = connect(pool);
            for (int i = 0; i < MESSAGES; i++) {
                int place = random.nextInt(CLIENTS);
                if (random.nextInt(10) == 0) {
                    clients.set(place, pool.replace(clients.get(place)));
                }
                deliver(pool, clients.get(place), 1);
            }
            deliverLast(pool, clients);
            assertThat(faults).isEmpty();
            assertThat(clients)
                    .allSatisfy(client -> assertThat(handled.get(client)).isEqualTo(sent.get(client)));
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName(
            "one client, one message after the other, each sent as soon as the one before is handled: none is lost")
    void pingPong(int round) throws Exception {
        try (TestPool pool = new TestPool(1)
                .handling(PLAIN, (request, answers) -> handledOfBurst.release())
                .start()) {
            Client client = pool.connect(0);
            for (int number = 1; number <= MESSAGES * 5; number++) {
                pool.deliver(client, PLAIN, number);
                boolean done = false;
                for (long start = System.nanoTime(); !done && System.nanoTime() - start < SPIN_NANOS; ) {
                    done = handledOfBurst.tryAcquire(); // to come right after the worker
                }
                assertThat(done || handledOfBurst.tryAcquire(20, TimeUnit.SECONDS))
                        .as("message %d is handled", number)
                        .isTrue();
            }
        }
    }

    private TestPool pool() {
        return new TestPool(WORKERS)
                .handling(PLAIN, this::check)
                .handling(LAST, TestPool.ECHO)
                .start();
    }

    private static List<Client> connect(TestPool pool) {
        return IntStream.range(0, CLIENTS).mapToObj(pool::connect).collect(Collectors.toList());
    }

    private void deliver(TestPool pool, Client client, int count) {
        int before = sent.getOrDefault(client, 0);
        pool.deliver(client, PLAIN, before + 1, before + count);
        sent.put(client, before + count);
    }

    /** Sends a last message for each client, and waits until all are answered. */
    private static void deliverLast(TestPool pool, List<Client> clients) throws InterruptedException {
        clients.forEach(client -> pool.deliver(client, LAST, 0));
        pool.answers(CLIENTS);
    }

    /** Handles a message: it has to be the next of its client. */
    private void check(Message message, AnswerSink answers) {
        int before = handled.getOrDefault(message.client(), 0);
        if (Numbered.number(message) != before + 1) {
            faults.add(message.client() + ": " + Numbered.number(message) + " after " + before);
        }
        handled.put(message.client(), before + 1);
        handledOfBurst.release();
    }
}
