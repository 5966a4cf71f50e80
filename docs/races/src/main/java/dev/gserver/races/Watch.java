package dev.gserver.races;

/**
 * Something that one thread changes, and that another reads without a lock again and again. It shows what a missing
 * {@code volatile} does, which no order of steps can: the compiler reads once, and never again. New for each run.
 */
public abstract class Watch {
    /** What has to hold, in one sentence. */
    public abstract String promise();

    /** Changes it; called by one thread, once. */
    public abstract void change();

    /** Whether the change is seen; called by another thread. */
    public abstract boolean isSeen();
}
