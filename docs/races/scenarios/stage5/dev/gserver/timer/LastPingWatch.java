package dev.gserver.timer;

import dev.gserver.epoll.Places;
import dev.gserver.races.Watch;

/** The timer's thread looks again and again when a client last pinged; a worker notes a ping. */
public final class LastPingWatch extends Watch {
    private final TimerEntry entry = new TimerEntry(Places.client(kicked -> {}), 0);

    @Override
    public String promise() {
        return "the timer's thread sees the ping";
    }

    @Override
    public void change() {
        entry.pinged(1);
    }

    @Override
    public boolean isSeen() {
        return entry.lastPingNanos() == 1;
    }
}
