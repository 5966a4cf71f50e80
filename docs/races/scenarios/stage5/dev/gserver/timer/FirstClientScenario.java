package dev.gserver.timer;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;
import java.time.Duration;

/** The timer queue is empty, and its thread sleeps or is about to. A client comes, and is silent for long. */
public final class FirstClientScenario extends Scenario {
    private static final Duration INTERVAL = Duration.ofNanos(10);

    private TimerMonitor monitor;

    @Override
    public String promise() {
        return "the timer's thread is woken, and kicks the client";
    }

    @Override
    public void run() throws Exception {
        monitor = new TimerMonitor(1, INTERVAL, new HeartbeatCheck(INTERVAL), FirstClientScenario::clock);
        Client client = Places.client(kicked -> monitor.close());
        Thread timer = held(monitor, TimerMonitor.class, "thread");
        together(thread("event-loop", () -> monitor.opened(client)), timer);
    }

    /** For the timer's thread much time has passed. */
    static long clock() {
        return Thread.currentThread().getName().equals("timer") ? 100 : 0;
    }
}
