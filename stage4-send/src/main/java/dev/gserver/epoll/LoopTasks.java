package dev.gserver.epoll;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What the event loop's thread has to do beside handling events. Any thread may add a task, {@code lock} guards the list.
 * The delayed ones belong to the loop's thread.
 */
final class LoopTasks {
    private record Delayed(long dueNanos, Runnable task) {}

    private static final System.Logger LOGGER = System.getLogger(LoopTasks.class.getName());

    private final Object lock = new Object();
    private final Runnable wakeup;
    private final long startNanos = System.nanoTime();
    private final Queue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::dueNanos));
    private List<Runnable> tasks = new ArrayList<>();

    /** Tasks of a loop that {@code wakeup} wakes. */
    LoopTasks(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /**
     * Any thread: adds a task, and wakes the loop if it is the first; one wakeup is enough for all that gather (races:
     * wakeup-before-the-task, first-asked-before).
     */
    void add(Runnable task) {
        boolean first;
        synchronized (lock) {
            first = tasks.isEmpty();
            tasks.add(task);
        }
        if (first) { // after the list: a loop woken before would find it empty, and wait with the task in it
            wakeup.run();
        }
    }

    /** Has {@code task} run when {@code delay} is over. The loop's thread only. */
    void addDelayed(Duration delay, Runnable task) {
        delayed.add(new Delayed(nanosSinceStart() + delay.toNanos(), task));
    }

    /** How long the loop may wait for events, in milliseconds; for ever if nothing is to come. */
    long millisToNextDelayed() {
        return delayed.isEmpty()
                ? Long.MAX_VALUE
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis(delayed.peek().dueNanos() - nanosSinceStart()) + 1);
    }

    /**
     * Runs what was added. Swaps the list under the lock and runs it outside: tasks may add tasks (race:
     * swapped-outside-the-lock).
     */
    void run() {
        List<Runnable> taken;
        synchronized (lock) {
            taken = tasks;
            tasks = new ArrayList<>();
        }
        taken.forEach(LoopTasks::runSafely);
        while (!delayed.isEmpty() && delayed.peek().dueNanos() <= nanosSinceStart()) {
            runSafely(delayed.remove().task());
        }
    }

    private long nanosSinceStart() {
        return System.nanoTime() - startNanos;
    }

    /** Runs a task; if it fails that is logged, and the others run all the same. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a task of the event loop failed", e);
        }
    }
}
