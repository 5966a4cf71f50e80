package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;

import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    private record Client(Connection connection, long sequence) {}

    private static final int CLIENTS = 50;
    private static final int WORKERS = 4;
    private static final int MESSAGES = 20_000;
    private static final int MOST_OF_A_BURST = 200;
    private static final int PLAIN = 1;
    private static final int LAST = 2;

    private final Map<Client, Integer> handled = new ConcurrentHashMap<>();
    private final Semaphore handledOfBurst = new Semaphore(0);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Connection, Integer> sent = new HashMap<>();

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("bursts of messages of 50 clients: all of a burst are handled, each once, each client's in order")
    void completeAndInOrder(int round) throws Exception {
        Random random = new Random(round);
        try (TestPool pool = pool()) {
            List<Connection> clients = connect(pool);
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
            assertThat(handled)
                    .allSatisfy((client, count) -> assertThat(sent).containsEntry(client.connection(), count));
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("clients come and go all the time: those who stay get all handled, in order, and nobody another's")
    void clientsComeAndGo(int round) throws Exception {
        Random random = new Random(round);
        try (TestPool pool = pool()) {
            List<Connection> clients = connect(pool);
            for (int i = 0; i < MESSAGES; i++) {
                Connection connection = clients.get(random.nextInt(CLIENTS));
                if (random.nextInt(10) == 0) {
                    pool.replaceClient(connection);
                    sent.remove(connection);
                }
                deliver(pool, connection, 1);
            }
            deliverLast(pool, clients);

            assertThat(faults).isEmpty();
            assertThat(clients).allSatisfy(connection -> assertThat(handled)
                    .containsEntry(new Client(connection, connection.sequence()), sent.get(connection)));
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("input ends while a worker finishes: either the loop sees that it is done, or the worker tells")
    void endOfInput(int round) throws Exception {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        try (TestPool pool =
                new TestPool(2).handling(PLAIN, request -> Optional.empty()).start()) {
            Connection connection = pool.connect(0);
            doAnswer(call -> connection.inputEnded() && told.add(call.getArgument(1)))
                    .when(pool.eventLoop())
                    .workDone(any(), anyLong());
            for (int i = 0; i < MESSAGES / 10; i++) {
                pool.replaceClient(connection);
                pool.deliver(connection, PLAIN, i);
                Connections.endInput(connection);
                if (pool.queue().busy(connection)) {
                    awaitTold(told, connection.sequence());
                }
            }
        }
    }

    private TestPool pool() {
        return new TestPool(WORKERS)
                .handling(PLAIN, this::check)
                .handling(LAST, Optional::of)
                .start();
    }

    private static List<Connection> connect(TestPool pool) {
        return IntStream.range(0, CLIENTS).mapToObj(pool::connect).toList();
    }

    private void deliver(TestPool pool, Connection connection, int count) {
        int before = sent.getOrDefault(connection, 0);
        pool.deliver(connection, PLAIN, before + 1, before + count);
        sent.put(connection, before + count);
    }

    /** Sends a last message for each client, and waits until all are answered. */
    private static void deliverLast(TestPool pool, List<Connection> clients) throws InterruptedException {
        clients.forEach(connection -> pool.deliver(connection, LAST, 0));
        pool.answers(CLIENTS);
    }

    /** Handles a message: it has to be the next of its client. */
    private Optional<Message> check(Message message) {
        Client client = new Client(message.connection(), message.sequence());
        int before = handled.getOrDefault(client, 0);
        if (Numbered.number(message) != before + 1) {
            faults.add(client + ": " + Numbered.number(message) + " after " + before);
        }
        handled.put(client, before + 1);
        handledOfBurst.release();
        return Optional.empty();
    }

    private static void awaitTold(BlockingQueue<Long> told, long sequence) throws InterruptedException {
        Long next;
        do {
            next = told.poll(8, TimeUnit.SECONDS);
            assertThat(next).as("the worker tells that it is done").isNotNull();
        } while (next != sequence);
    }
}
