package dev.gserver.common;

import java.lang.System.Logger.Level;

/** Ends of threads. Any thread. */
public final class Threads {
    private Threads() {}

    /**
     * Waits until {@code thread} has ended, {@code millis} at most: a thread may hang in a write to a log that nobody reads,
     * or in a handler. It is left behind then.
     */
    public static void join(Thread thread, long millis) {
        try {
            thread.join(Math.max(millis, 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            System.getLogger(Threads.class.getName())
                    .log(Level.WARNING, thread.getName() + " has not ended and is left behind");
        }
    }
}
