package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopTasksTest {
    private final List<String> events = new ArrayList<>();
    private final LoopTasks tasks = new LoopTasks(() -> events.add("wakeup"));

    @Test
    @DisplayName("one wakeup for all tasks that gather until they are run, then one again")
    void wakesOnceForAllThatGather() {
        tasks.add(() -> events.add("first"));
        tasks.add(() -> events.add("second"));
        tasks.run();
        tasks.add(() -> events.add("third"));
        tasks.run();
        assertThat(events).containsExactly("wakeup", "first", "second", "wakeup", "third");
    }

    @Test
    @DisplayName("a loop that is woken finds the task, however quick it is")
    void wakesAfterAdding() {
        AtomicReference<LoopTasks> loop = new AtomicReference<>();
        loop.set(new LoopTasks(() -> loop.get().run()));
        loop.get().add(() -> events.add("task"));
        assertThat(events).containsExactly("task");
    }

    @Test
    @DisplayName("a task that a task adds wakes the loop, and runs in the next round")
    void leavesTasksOfTasksToTheNextRound() {
        tasks.add(() -> tasks.add(() -> events.add("inner")));
        tasks.run();
        assertThat(events).containsExactly("wakeup", "wakeup");
        tasks.run();
        tasks.run();
        assertThat(events).containsExactly("wakeup", "wakeup", "inner");
    }

    @Test
    @DisplayName("while a task runs, other threads can add theirs")
    void holdsNoLockWhileATaskRuns() {
        tasks.add(() -> CompletableFuture.runAsync(() -> tasks.add(() -> events.add("other")))
                .orTimeout(TestLoop.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .thenRun(() -> events.add("added"))
                .join());
        tasks.run();
        tasks.run();
        assertThat(events).containsExactly("wakeup", "wakeup", "added", "other");
    }

    @Test
    @DisplayName("a task that fails is logged; the others run, each once")
    void goesOnAfterAFailure() {
        RuntimeException failure = new IllegalStateException("on purpose");
        try (LogRecorder log = new LogRecorder()) {
            tasks.add(() -> {
                throw failure;
            });
            tasks.add(() -> events.add("next"));
            tasks.run();
            tasks.run();
            assertThat(log.records()).singleElement().satisfies(record -> assertThat(record.getThrown())
                    .isSameAs(failure));
        }
        assertThat(events).containsExactly("wakeup", "next");
    }
}
