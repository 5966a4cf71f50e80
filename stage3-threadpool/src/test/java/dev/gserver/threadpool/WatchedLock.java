package dev.gserver.threadpool;

import java.lang.reflect.Field;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The mutex of a receive queue, and what happens whenever somebody gives it back: others may come in between then. */
final class WatchedLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    private final transient Condition condition = newCondition();
    private transient Runnable whenFree = () -> {}; // once

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
