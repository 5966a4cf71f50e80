package dev.gserver;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts the file descriptors that this process has open; not on Windows. Any thread. */
public final class Descriptors {
    private Descriptors() {}

    /** How many are open now. */
    public static long open() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** Waits until no more than {@code expected} are open; the next wait of an event loop closes the last ones. */
    public static void awaitAtMost(long expected) throws Exception {
        Await.until("no more than " + expected + " descriptors", () -> open() <= expected);
    }
}
