package dev.gserver.common;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Log lines that a client can cause: at most ten in each second, so that no client can flood the log; the first line
 * after a gap says how many were left out. Any thread; its own monitor guards its fields.
 */
public final class ClientWarnings {
    private static final System.Logger LOGGER = System.getLogger(ClientWarnings.class.getName());
    private static final int MOST_PER_SECOND = 10;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private long windowStart;
    private int logged;
    private int leftOut;

    /** Reads the time, in nanoseconds, from {@code nanoTime}. */
    public ClientWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    /** Logs one warning or leaves it out; {@code text} is asked for only if it is logged. */
    public void warn(Supplier<String> text) {
        log(Level.WARNING, text, null);
    }

    /** The same for a fault of the program's own that a client can bring about, with its stack. */
    public void error(Supplier<String> text, Throwable cause) {
        log(Level.ERROR, text, cause);
    }

    private synchronized void log(Level level, Supplier<String> text, Throwable cause) {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= SECOND) {
            windowStart = now;
            logged = 0;
        }
        if (logged == MOST_PER_SECOND) {
            leftOut++;
            return;
        }
        logged++;
        String gap = leftOut == 0 ? "" : " (" + leftOut + " more warnings were left out before this one)";
        leftOut = 0;
        LOGGER.log(level, text.get() + gap, cause);
    }
}
