package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.IntStream;
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
    @DisplayName("a task wakes the loop and runs on the thread event-loop, as the sink and the layers do")
    void runsTasksOnItsThread() throws Exception {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        loop.sink = (client, messages) -> threads.add(Thread.currentThread());
        eventLoop.clients().addLayer(new Layer() {
            @Override
            public void opened(Client client) {
                threads.add(Thread.currentThread());
            }

            @Override
            public void closed(Client client) {
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
    @DisplayName(
            "a task that is given while the loop handles events runs when it has handled them, without a further wait")
    void runsTasksAfterEvents() throws Exception {
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        loop.sink = (client, messages) -> eventLoop.execute(() -> ran.add("task"));
        try (TestClient client = loop.connect()) {
            eventLoop.start();
            client.send(Packets.ping());
            assertThat(TestLoop.next(ran)).isEqualTo("task");
        }
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
}
