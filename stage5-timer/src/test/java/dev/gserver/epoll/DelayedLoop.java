package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.common.ClientWarnings;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.memory.Memory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** An event loop like another, but for its delayed tasks: each runs when the test says that its time has come. */
final class DelayedLoop extends EventLoop {
    private final Map<Duration, Queue<Runnable>> tasks = new HashMap<>();

    DelayedLoop(List<ListeningSocket> sockets, int connections, MessageSink sink, Memory memory) throws IOException {
        super(sockets, connections, sink, memory, new ClientWarnings(() -> 0));
    }

    @Override
    public void executeAfter(Duration delay, Runnable task) {
        tasks.computeIfAbsent(delay, unused -> new ArrayDeque<>()).add(task);
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
