package dev.gserver.timer;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;
import dev.gserver.threadpool.MessageHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A worker notes the ping of a client that leaves, and the next one takes its place. */
public final class LatePingScenario extends Scenario {
    private static final Duration INTERVAL = Duration.ofNanos(10);

    @Override
    public String promise() {
        return "the ping does not count for the next client";
    }

    @Override
    public void run() throws Exception {
        TimerMonitor monitor = new TimerMonitor(1, INTERVAL, new HeartbeatCheck(INTERVAL), LatePingScenario::clock);
        MessageHandler handler = monitor.notingPings((request, answers) -> {});
        Client former = Places.client(kicked -> {});
        monitor.opened(former);
        Message ping = new Message(former, 0, 0, new byte[0]);
        together(
                thread("event-loop", () -> {
                    Client next = Places.next(former, kicked -> {});
                    monitor.closed(former);
                    monitor.opened(next);
                }),
                thread("worker-1", () -> handler.handle(ping, answer -> {})));
        AtomicReferenceArray<TimerEntry> entries = held(monitor, TimerMonitor.class, "entries");
        check(entries.get(0).lastPingNanos() == 0, "the next client counts as one that has pinged");
    }

    private static long clock() {
        return Thread.currentThread().getName().equals("worker-1") ? 100 : 0;
    }
}
