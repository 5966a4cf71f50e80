package dev.gserver.common;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * The notes, executed: every step of the notes reports here, at the place where it happens and under its id.
 *
 * <p>Off until somebody listens; then a call costs one volatile read. Any thread may call {@link #step}; the listener
 * is called on that thread, so it must be thread-safe.
 */
public final class Trace {
    /**
     * One step that happened.
     *
     * @param nanos when, in nanoseconds since the program started
     * @param thread name of the thread that carried it out
     * @param id the step's id in the notes, such as {@code gsx_event_accept.1}
     * @param what what happened, and to which connection
     */
    public record Step(long nanos, String thread, String id, String what) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%8.2f ms  %-10s  %s  [%s]", nanos / 1e6, thread, what, id);
        }
    }

    private static final long START = System.nanoTime();
    private static volatile Consumer<Step> listener; // set by any thread (race: listener-not-volatile)

    private Trace() {}

    /** Reports step {@code id}: what happened to {@code subject}. */
    public static void step(String id, Object subject, String what) {
        Consumer<Step> current = listener;
        if (current != null) {
            report(current, id, subject + ": " + what);
        }
    }

    /** Reports step {@code id} with a number, which follows {@code what}. */
    public static void step(String id, Object subject, String what, long number) {
        Consumer<Step> current = listener;
        if (current != null) {
            report(current, id, subject + ": " + what + " " + number);
        }
    }

    /** Sends every step from now on to {@code newListener}, in place of the one before; null turns the trace off. */
    public static void listen(Consumer<Step> newListener) {
        listener = newListener;
    }

    private static void report(Consumer<Step> current, String id, String what) {
        current.accept(
                new Step(System.nanoTime() - START, Thread.currentThread().getName(), id, what));
    }
}
