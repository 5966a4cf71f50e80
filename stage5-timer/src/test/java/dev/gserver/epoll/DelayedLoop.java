package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** An event loop like another, but for its delayed tasks: each runs when the test says that its time has come. */
final class DelayedLoop {
    final EventLoop eventLoop;
    private final Map<Duration, Queue<Runnable>> tasks = new HashMap<>();

    DelayedLoop(EventLoop real) {
        eventLoop = mock(EventLoop.class, delegatesTo(real));
        doAnswer(call -> tasks.computeIfAbsent(call.getArgument(0), delay -> new ArrayDeque<>())
                        .add(call.getArgument(1)))
                .when(eventLoop)
                .executeAfter(any(), any());
    }

    /** How many tasks wait until {@code delay} is over. */
    int waiting(Duration delay) {
        return tasks.getOrDefault(delay, new ArrayDeque<>()).size();
    }

    /** Lets {@code delay} go by, after which one task is to run. */
    void pass(Duration delay) {
        assertThat(waiting(delay)).as("tasks that wait for " + delay).isEqualTo(1);
        tasks.get(delay).remove().run();
    }
}
