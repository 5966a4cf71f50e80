package dev.gserver.timer;

import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import java.time.Duration;

/** Decides whether a client has been silent for too long. Called by the timer's thread. */
public final class HeartbeatCheck {
    private static final int INTERVALS_ALLOWED = 3;

    private final long allowedNanos;
    private volatile long kicks; // written by the timer's thread, read by any (race: kicks-not-volatile)

    /** Asks for a client's end when it has not pinged for longer than 3 {@code interval}s. */
    public HeartbeatCheck(Duration interval) {
        this.allowedNanos = INTERVALS_ALLOWED * interval.toNanos();
    }

    /**
     * Checks one client at time {@code now}; procPingTimeOutChecking in the notes. One that has left, or was kicked before,
     * is left alone (race: kick-of-the-place).
     */
    void check(TimerEntry entry, long now) {
        Client client = entry.client();
        long silent = now - entry.lastPingNanos();
        // It may have left since it was taken out, or was kicked and the event loop has not come to it yet.
        if (silent <= allowedNanos || client.hasLeft() || entry.isKicked()) {
            return;
        }
        entry.kick();
        kicks++;
        long millis = silent / 1_000_000;
        Trace.step("procPingTimeOutChecking.1", client, "kicked, milliseconds without a ping:", millis);
        client.requestClose("no ping for " + millis + " ms");
    }

    /** How many clients it asked to be closed, ever. Any thread. */
    long kicks() {
        return kicks;
    }
}
