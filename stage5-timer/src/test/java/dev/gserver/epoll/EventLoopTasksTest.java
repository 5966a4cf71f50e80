package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

    @Test
    @DisplayName("what was read is flushed before the loop waits again, after its tasks, which may read too")
    void flushesBeforeItWaits() throws Exception {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        loop.sink = new TestLoop.Sink() {
            @Override
            public void deliver(Client client, List<Message> messages) {
                order.add("delivered");
                eventLoop.execute(() -> order.add("task"));
            }

            @Override
            public void flush() {
                order.add("flushed");
            }
        };
        eventLoop.start();
        try (TestClient client = loop.connect()) {
            client.send(Packets.ping());
            while (!TestLoop.next(order).equals("delivered")) {
                // flushed, with nothing to flush
            }
            assertThat(TestLoop.next(order)).isEqualTo("task");
            assertThat(TestLoop.next(order)).isEqualTo("flushed");
        }
    }

    private void giveTasks(List<Integer> order) {
        for (int i = 0; i < 500; i++) {
            int number = i;
            eventLoop.execute(() -> order.add(number));
        }
    }
}
