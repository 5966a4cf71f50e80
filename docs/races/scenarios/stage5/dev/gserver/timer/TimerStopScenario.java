package dev.gserver.timer;

import dev.gserver.races.Scenario;
import java.time.Duration;

/** The timer's thread sleeps, or is about to; the server stops. */
public final class TimerStopScenario extends Scenario {
    private static final Duration INTERVAL = Duration.ofNanos(10);

    @Override
    public String promise() {
        return "the timer's thread ends";
    }

    @Override
    public void run() throws Exception {
        TimerMonitor monitor = new TimerMonitor(1, INTERVAL, new HeartbeatCheck(INTERVAL), FirstClientScenario::clock);
        Thread timer = held(monitor, TimerMonitor.class, "thread");
        together(thread("stop", monitor::close), timer);
    }
}
