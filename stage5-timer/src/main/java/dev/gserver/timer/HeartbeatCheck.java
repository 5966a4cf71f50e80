package dev.gserver.timer;

import dev.gserver.Trace;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.CloseRequest;
import java.time.Duration;

/** Decides whether a client has been silent for too long. Called by the timer's thread. */
public final class HeartbeatCheck {
    private static final int INTERVALS_ALLOWED = 3;

    private final long allowedNanos;
    private final CloseRequest closeRequest;
    private final ClientWarnings warnings;
    private volatile long kicks; // written by the timer's thread, read by any

    /** Has a client closed through {@code closeRequest} when it has not pinged for longer than 3 {@code interval}s. */
    public HeartbeatCheck(Duration interval, CloseRequest closeRequest, ClientWarnings warnings) {
        this.allowedNanos = INTERVALS_ALLOWED * interval.toNanos();
        this.closeRequest = closeRequest;
        this.warnings = warnings;
    }

    /** Checks one client at time {@code now}; procPingTimeOutChecking in the notes. */
    void check(TimerEntry entry, long now) {
        long silent = now - entry.lastPingNanos();
        boolean hasLeft = entry.connection().isStale(entry.sequence()); // since it was taken out
        if (silent <= allowedNanos || hasLeft || !entry.kick()) {
            return;
        }
        kicks++;
        Trace.step(
                "procPingTimeOutChecking.1",
                entry.connection(),
                "kicked, milliseconds without a ping:",
                silent / 1_000_000);
        String peer = entry.connection().peer(entry.sequence());
        warnings.warn(() -> peer + ": closed: no ping for " + silent / 1_000_000 + " ms");
        closeRequest.requestClose(entry.connection(), entry.sequence(), "no ping");
    }

    /** How many clients it asked to be closed, ever. Any thread. */
    long kicks() {
        return kicks;
    }
}
