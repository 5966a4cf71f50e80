package dev.gserver;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Counts the file descriptors that this process has open; not on Windows. Any thread. */
public final class Descriptors {
    private static final long PATIENCE_NANOS =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("gserver.patience-ms", 8_000));

    private Descriptors() {}

    /** How many are open now. */
    public static long open() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** Waits until no more than {@code expected} are open; the next wait of an event loop closes the last ones. */
    public static void awaitAtMost(long expected) {
        long start = System.nanoTime();
        while (open() > expected) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError(open() + " descriptors are open, expected " + expected + " at most");
            }
            Thread.yield();
        }
    }
}
