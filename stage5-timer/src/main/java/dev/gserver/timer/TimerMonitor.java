package dev.gserver.timer;

import dev.gserver.common.Threads;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Layer;
import dev.gserver.threadpool.MessageHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Watches the timer queue with a thread of its own; ServerTimerQueueMonitorThread in the notes.
 *
 * <p>The mutex guards the queue and {@code closed}: the event loop's thread adds and removes clients, the timer's thread
 * takes what is due, so many at a time that the loop never waits long. The mutex is fair: the timer's thread asks for it
 * again at once, and could keep the loop out. It sleeps until the earliest time, instead of looking every half second. The
 * array of entries is written by the event loop's thread and read by the workers, who note pings in it (races:
 * signal-before-the-first, entries-not-volatile).
 */
public final class TimerMonitor implements Layer, AutoCloseable {
    /** So many clients are taken out and put back while the mutex is held: well below a millisecond's work. */
    private static final int MOST_AT_ONCE = 256;

    private static final long STOP_MILLIS = 1_000;

    private final Thread thread = new Thread(this::run, "timer");
    private final HeartbeatCheck heartbeatCheck;
    private final LongSupplier clock;
    private final AtomicReferenceArray<TimerEntry> entries;
    private final ReentrantLock mutex = new ReentrantLock(true);
    private final Condition changed = mutex.newCondition();
    private final TimerQueue queue;
    private boolean closed;

    /**
     * A monitor for the connections of a pool of size {@code connections}.
     *
     * @param interval time between two checks of a client
     */
    public TimerMonitor(int connections, Duration interval, HeartbeatCheck heartbeatCheck) {
        this(connections, interval, heartbeatCheck, System::nanoTime);
    }

    TimerMonitor(int connections, Duration interval, HeartbeatCheck heartbeatCheck, LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        this.clock = () -> nanoTime.getAsLong() - start; // what nanoTime gives may overflow, then the order is wrong
        this.heartbeatCheck = heartbeatCheck;
        this.entries = new AtomicReferenceArray<>(connections);
        this.queue = new TimerQueue(interval.toNanos());
    }

    /** Starts the thread; once. */
    public void start() {
        thread.start();
    }

    @Override
    public void opened(Client client) {
        long now = clock.getAsLong();
        TimerEntry entry = new TimerEntry(client, now);
        mutex.lock();
        try {
            Trace.step("AddToTimerQueue.1", client, "in the timer queue");
            queue.add(entry, now);
            if (queue.size() == 1) {
                changed.signal(); // the timer's thread sleeps without an end: nobody was due before
            }
        } finally {
            mutex.unlock();
        }
        entries.set(client.connection().index(), entry); // last: a client that could not be let in leaves nothing
    }

    @Override
    public void closed(Client client) {
        TimerEntry entry = entries.getAndSet(client.connection().index(), null);
        // It is in the queue, due or not (races: put-back-later, removed-without-the-mutex). If it was taken as due a
        // moment before, the check finds that it has left.
        mutex.lock();
        try {
            queue.remove(entry);
        } finally {
            mutex.unlock();
        }
    }

    /** A handler that notes each message as its client's heartbeat and passes it on to {@code next}. */
    public MessageHandler notingPings(MessageHandler next) {
        return (message, answers) -> {
            notePing(message.client());
            next.handle(message, answers);
        };
    }

    /** Notes the time of a ping, if its client still has its place (race: late-ping). */
    private void notePing(Client client) {
        TimerEntry entry = entries.get(client.connection().index());
        if (entry != null && entry.client() == client) {
            entry.pinged(clock.getAsLong());
        }
    }

    private void run() {
        List<TimerEntry> due = new ArrayList<>(); // m_lsIdleList
        while (awaitDue(due)) {
            long now = clock.getAsLong();
            for (TimerEntry entry : due) {
                Trace.step("ServerTimerQueueMonitorThread.1-2", entry.client(), "heartbeat is checked");
                heartbeatCheck.check(entry, now);
            }
            due.clear();
        }
    }

    /**
     * Waits until something is due and moves it, or as much as may be at once, to {@code due}; false: it is closed
     * (race: look-then-sleep).
     */
    private boolean awaitDue(List<TimerEntry> due) {
        mutex.lock();
        try {
            while (!closed) {
                long absoluteTime = queue.earliestTime();
                long now = clock.getAsLong();
                Trace.step("ServerTimerQueueMonitorThread.0", "timer queue", "earliest time and current time read");
                if (absoluteTime < now) {
                    Trace.step("ServerTimerQueueMonitorThread.1", "timer queue", "something is due");
                    moveDue(now, due);
                    return true;
                }
                sleep(absoluteTime - now + 1); // due is what was to be checked before now
            }
            return false;
        } finally {
            mutex.unlock();
        }
    }

    private void moveDue(long curTime, List<TimerEntry> due) {
        TimerEntry entry;
        while (due.size() < MOST_AT_ONCE && (entry = queue.takeDue(curTime)) != null) {
            Trace.step("ServerTimerQueueMonitorThread.1-1", entry.client(), "into the list of those to check");
            due.add(entry);
        }
    }

    /** Waits for a change of the queue, {@code nanos} at most. After an interrupt the queue is just looked at again. */
    private void sleep(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // nobody interrupts this thread; if somebody did, the queue would just be looked at again
        }
    }

    /** How many clients are in the timer queue. Any thread. */
    public int entries() {
        return (int) underMutex(queue::size);
    }

    /** How many clients were kicked, ever. Any thread. */
    public long kicks() {
        return heartbeatCheck.kicks();
    }

    /** Milliseconds until the next check of a client is due, 0 if it is, -1 if no client is in the queue. Any thread. */
    public long millisToNextCheck() {
        return underMutex(
                () -> queue.size() == 0 ? -1 : Math.max(0, queue.earliestTime() - clock.getAsLong()) / 1_000_000);
    }

    private long underMutex(LongSupplier value) {
        mutex.lock();
        try {
            return value.getAsLong();
        } finally {
            mutex.unlock();
        }
    }

    /** Ends the thread (races: timer-stop-signals-first, flag-without-the-mutex). */
    @Override
    public void close() {
        mutex.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            mutex.unlock();
        }
        Threads.join(thread, STOP_MILLIS);
    }
}
