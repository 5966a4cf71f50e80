package dev.gserver.timer;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Places;
import dev.gserver.races.Scenario;
import java.time.Duration;

/** A silent client leaves while it is checked, and the next one takes its place. */
public final class KickScenario extends Scenario {
    @Override
    public String promise() {
        return "the next client is not kicked";
    }

    @Override
    public void run() throws Exception {
        HeartbeatCheck heartbeatCheck = new HeartbeatCheck(Duration.ofNanos(10));
        Client former = Places.client(kicked -> {});
        TimerEntry entry = new TimerEntry(former, 0);
        together(
                thread("event-loop", () -> Places.next(former, kicked -> check(false, "the next client is kicked"))),
                thread("timer", () -> heartbeatCheck.check(entry, 100)));
    }
}
