package dev.gserver.threadpool;

import java.lang.reflect.Field;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The mutex of a receive queue, and what happens before somebody takes it, or after it is given back: others may come. */
final class WatchedLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    private final transient Condition condition = newCondition();
    private transient Runnable whenAsked = () -> {}; // once, as the next
    private transient Runnable whenFree = () -> {};

    /** Puts a watched mutex, and a condition of it, in the place of those of {@code queue}, which nobody has used yet. */
    static WatchedLock putInto(ReceiveQueue queue) throws ReflectiveOperationException {
        WatchedLock lock = new WatchedLock();
        set(queue, "mutex", lock);
        set(queue, "notEmpty", lock.condition);
        return lock;
    }

    private static void set(ReceiveQueue queue, String name, Object value) throws ReflectiveOperationException {
        Field field = ReceiveQueue.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(queue, value);
    }

    /** How many threads wait for the condition; whoever asks has the mutex. */
    int waiting() {
        return getWaitQueueLength(condition);
    }

    /** Whether a thread waits for the condition; whoever asks has not the mutex. */
    boolean isAwaited() {
        lock();
        try {
            return waiting() > 0;
        } finally {
            unlock();
        }
    }

    /** The next time that this thread asks for the mutex it runs {@code action} before. */
    void whenAsked(Runnable action) {
        Thread thread = Thread.currentThread();
        whenAsked = () -> {
            if (Thread.currentThread() == thread) {
                whenAsked = () -> {};
                action.run();
            }
        };
    }

    @Override
    public void lock() {
        whenAsked.run();
        super.lock();
    }

    /** The next time that this thread gives the mutex back it runs {@code action}. */
    void whenFree(Runnable action) {
        Thread thread = Thread.currentThread();
        whenFree = () -> {
            if (Thread.currentThread() == thread) {
                whenFree = () -> {};
                action.run();
            }
        };
    }

    @Override
    public void unlock() {
        super.unlock();
        if (!isHeldByCurrentThread()) {
            whenFree.run();
        }
    }
}
