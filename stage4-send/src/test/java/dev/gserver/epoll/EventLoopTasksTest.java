package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What other threads may have the loop do. */
class EventLoopTasksTest {
    private final LogRecorder log = new LogRecorder();
    private TestLoop loop;
    private EventLoop eventLoop;

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop();
        eventLoop = loop.eventLoop;
    }

    @AfterEach
    void closeAll() {
        loop.close();
        log.close();
    }

    @Test
    @DisplayName("a task wakes the loop and runs on the thread event-loop, as handlers and listeners do")
    void runsTasksOnItsThread() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        eventLoop.deliverTo((connection, messages) -> threads.add(Thread.currentThread()));
        eventLoop.addListener(new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                threads.add(Thread.currentThread());
            }

            @Override
            public void closed(Connection connection) {
                threads.add(Thread.currentThread());
            }
        });
        eventLoop.start();
        eventLoop.execute(() -> threads.add(Thread.currentThread()));
        Thread thread = TestLoop.next(threads);
        assertThat(thread.getName()).isEqualTo("event-loop");
        try (TestClient client = loop.connect()) {
            client.send(Packets.ping());
            assertThat(TestLoop.next(threads)).as("opened").isSameAs(thread);
            assertThat(TestLoop.next(threads)).as("received").isSameAs(thread);
        }
        assertThat(TestLoop.next(threads)).as("closed").isSameAs(thread);
    }

    @Test
    @DisplayName("tasks run in the order in which they were given")
    void keepsTheOrder() throws Exception {
        List<Integer> order = new ArrayList<>();
        eventLoop.start();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            eventLoop.execute(() -> order.add(number));
        }
        loop.roundTrip();
        assertThat(order).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    @DisplayName("tasks from many threads all run, each thread's in its order")
    void keepsTheOrderOfEachThread() throws Exception {
        List<List<Integer>> orders =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        eventLoop.start();
        List<Thread> threads =
                orders.stream().map(order -> new Thread(() -> giveTasks(order))).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        loop.roundTrip();
        assertThat(orders).allSatisfy(order -> assertThat(order)
                .isEqualTo(IntStream.range(0, 500).boxed().toList()));
    }

    private void giveTasks(List<Integer> order) {
        for (int i = 0; i < 500; i++) {
            int number = i;
            eventLoop.execute(() -> order.add(number));
        }
    }

    @Test
    @DisplayName("a task that fails is logged once, and the next one runs")
    void survivesAFailingTask() throws Exception {
        RuntimeException failure = new IllegalStateException("on purpose");
        eventLoop.start();
        eventLoop.execute(() -> {
            throw failure;
        });
        loop.roundTrip();
        assertThat(log.texts(Level.SEVERE)).containsExactly("a task of the event loop failed");
        assertThat(log.records().get(0).getThrown()).isSameAs(failure);
    }

    @Test
    @DisplayName("a task that gives another one: it runs in the next round, after the next wait")
    void runsTasksOfTasksInTheNextRound() throws Exception {
        List<String> order = new ArrayList<>();
        eventLoop.execute(() -> {
            eventLoop.execute(() -> order.add("second"));
            order.add("first");
        });
        eventLoop.runTasks();
        assertThat(order).containsExactly("first");
        loop.processEvents();
        eventLoop.runTasks();
        assertThat(order).containsExactly("first", "second");
        eventLoop.runTasks();
        assertThat(order).hasSize(2);
    }

    @Test
    @DisplayName("a task that gives another one wakes the started loop again")
    void wakesForTasksOfTasks() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        eventLoop.start();
        eventLoop.execute(() -> eventLoop.execute(() -> eventLoop.execute(done::countDown)));
        assertThat(done.await(TestLoop.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    @DisplayName("a delayed task runs on the thread event-loop, not before its time")
    void delaysTasks() throws Exception {
        BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
        eventLoop.start();
        long start = System.nanoTime();
        eventLoop.execute(() -> eventLoop.executeAfter(Duration.ofMillis(30), () -> ran.add(Thread.currentThread())));
        assertThat(TestLoop.next(ran).getName()).isEqualTo("event-loop");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }

    @Test
    @DisplayName("each delayed task runs once; one that fails does not end the loop")
    void runsDelayedTasksOnce() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        eventLoop.start();
        eventLoop.execute(() -> {
            eventLoop.executeAfter(Duration.ofMillis(1), () -> {
                throw new IllegalStateException("on purpose");
            });
            eventLoop.executeAfter(Duration.ofMillis(2), () -> ran.add("one"));
            eventLoop.executeAfter(Duration.ofMillis(20), () -> ran.add("another"));
        });
        assertThat(List.of(TestLoop.next(ran), TestLoop.next(ran))).containsExactlyInAnyOrder("one", "another");
        loop.roundTrip();
        assertThat(ran).isEmpty();
        assertThat(log.texts(Level.SEVERE)).hasSize(1);
    }

    @Test
    @DisplayName("a delay does not keep the loop from its clients")
    void servesClientsDuringADelay() throws Exception {
        eventLoop.start();
        eventLoop.execute(() -> eventLoop.executeAfter(Duration.ofHours(1), () -> {}));
        loop.roundTrip();
        try (TestClient client = loop.connect()) {
            client.send(Packets.packet(7));
            assertThat(TestLoop.next(loop.received).code()).isEqualTo(7);
        }
    }

    @Test
    @DisplayName("once started, no other thread may touch connections, not even the one that built the loop")
    void refusesOtherThreads() throws Exception {
        eventLoop.start();
        try (TestClient client = loop.connect()) {
            client.send(Packets.ping());
            Connection connection = TestLoop.next(loop.opened);
            assertRefused(() -> eventLoop.addEvent(connection, SelectionKey.OP_WRITE));
            assertRefused(() -> eventLoop.removeEvent(connection, SelectionKey.OP_READ));
            assertRefused(() -> eventLoop.endInput(connection, "test"));
            assertRefused(() -> eventLoop.close(connection, "test"));
            assertRefused(() -> eventLoop.executeAfter(Duration.ZERO, () -> {}));
            assertThat(connection.inputEnded()).isFalse();
            client.send(Packets.ping());
            TestLoop.next(loop.received);
            TestLoop.next(loop.received);
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only thread event-loop may do this, not "
                        + Thread.currentThread().getName());
    }

    @Test
    @DisplayName("until it is started, the loop belongs to the thread that built it")
    void belongsToItsBuilderFirst() throws Exception {
        eventLoop.executeAfter(Duration.ofHours(1), () -> {});
        BlockingQueue<RuntimeException> refusals = new LinkedBlockingQueue<>();
        Runnable intrusion = () -> {
            try {
                eventLoop.executeAfter(Duration.ZERO, () -> {});
            } catch (IllegalStateException e) {
                refusals.add(e);
            }
        };
        new Thread(intrusion, "stranger").start();
        assertThat(TestLoop.next(refusals))
                .hasMessage("only thread " + Thread.currentThread().getName() + " may do this, not stranger");
    }

    @Test
    @DisplayName("a task for a client is left out once that client has left")
    void leavesOutTasksForStaleClients() throws Exception {
        try (TestClient client = loop.connect()) {
            Connection connection = loop.accept(client);
            List<String> ran = new ArrayList<>();
            eventLoop.executeFor(connection, connection.sequence(), () -> ran.add("current"));
            eventLoop.executeFor(connection, connection.sequence() - 1, () -> ran.add("stale"));
            eventLoop.runTasks();
            assertThat(ran).containsExactly("current");
        }
    }
}
