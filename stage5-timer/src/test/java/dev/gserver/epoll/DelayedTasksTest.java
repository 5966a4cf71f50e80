package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that the event loop's thread has to run later. */
@Timeout(30)
class DelayedTasksTest {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final LoopTasks tasks = new LoopTasks(() -> {});
    private final List<Integer> ran = new ArrayList<>();

    @Test
    @DisplayName(
            "a task runs when its time has come, once; what is due first runs first, after what came without a delay")
    void runsInTime() {
        tasks.addDelayed(Duration.ofHours(1), () -> ran.add(1));
        tasks.addDelayed(Duration.ZERO, () -> ran.add(2));
        tasks.run();
        assertThat(ran).containsExactly(2);
        tasks.run();
        assertThat(ran).as("once").containsExactly(2);
        tasks.addDelayed(Duration.ofHours(-1), () -> ran.add(5));
        tasks.addDelayed(Duration.ofHours(-2), () -> ran.add(4));
        tasks.add(() -> ran.add(3));
        tasks.run();
        assertThat(ran).containsExactly(2, 3, 4, 5);
    }

    @Test
    @DisplayName("the loop may wait until the first is due, at least 1 ms, and for ever if there is none")
    void tellsHowLongToWait() {
        assertThat(tasks.millisToNextDelayed()).isEqualTo(Long.MAX_VALUE);
        tasks.addDelayed(Duration.ofHours(2), () -> {});
        tasks.addDelayed(Duration.ofHours(1), () -> {});
        assertThat(tasks.millisToNextDelayed()).isBetween(HOUR_MILLIS - 60_000, HOUR_MILLIS + 1);
        tasks.addDelayed(Duration.ofHours(-1), () -> {});
        assertThat(tasks.millisToNextDelayed()).as("0 would be for ever").isEqualTo(1);
    }

    @Test
    @DisplayName("a loop without any event wakes for what is due")
    void wakesTheLoop() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            BlockingQueue<String> threads = new LinkedBlockingQueue<>();
            loop.eventLoop.executeAfter(
                    Duration.ofMillis(20),
                    () -> threads.add(Thread.currentThread().getName()));
            loop.eventLoop.start();
            assertThat(TestLoop.next(threads)).isEqualTo("event-loop");
        }
    }
}
