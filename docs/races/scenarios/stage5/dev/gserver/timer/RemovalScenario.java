package dev.gserver.timer;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;
import java.time.Duration;

/** A client leaves while the timer's thread takes it out as due, and puts it back for the next check. */
public final class RemovalScenario extends Scenario {
    private static final Duration INTERVAL = Duration.ofNanos(10);

    @Override
    public String promise() {
        return "nothing of the client is left in the timer queue";
    }

    @Override
    public void run() throws Exception {
        TimerMonitor monitor = new TimerMonitor(1, INTERVAL, new HeartbeatCheck(INTERVAL), FirstClientScenario::clock);
        Client client = Places.client(kicked -> {});
        monitor.opened(client);
        Thread timer = held(monitor, TimerMonitor.class, "thread");
        together(
                thread("event-loop", () -> {
                    Places.leave(client);
                    monitor.closed(client);
                    monitor.close();
                }),
                timer);
        check(monitor.entries() == 0, "entries that are left in the queue: " + monitor.entries());
    }
}
