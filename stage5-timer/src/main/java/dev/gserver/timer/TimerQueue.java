package dev.gserver.timer;

import dev.gserver.common.Trace;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * Clients ordered by the time of their next check; m_timerQueuemap, the multimap of the notes. A set of (time, number)
 * pairs does what a multimap does, as several entries may share a time, and finds one of them in O(log n).
 *
 * <p>Not thread-safe: the caller guards it. Times are nanoseconds since a start of the caller's choice, 0 or more.
 */
final class TimerQueue {
    /** The earliest time of an empty queue: 146 years after the start, so that no sum with it overflows. */
    static final long NEVER = Long.MAX_VALUE / 2;

    private final TreeSet<TimerEntry> entries =
            new TreeSet<>(Comparator.comparingLong(TimerEntry::dueNanos).thenComparingLong(TimerEntry::number));
    private final long waitNanos;
    private long lastNumber;

    /** A queue that puts what has been due back for {@code waitNanos} later; m_iWaitTime in the notes. */
    TimerQueue(long waitNanos) {
        this.waitNanos = waitNanos;
    }

    /** Puts {@code entry} in, its next check due a wait time after {@code now}; AddToTimerQueue in the notes. */
    void add(TimerEntry entry, long now) {
        entry.schedule(now + waitNanos, ++lastNumber);
        entries.add(entry);
    }

    /** Takes {@code entry} out, if it is in. */
    void remove(TimerEntry entry) {
        entries.remove(entry);
    }

    /** The earliest time that something is due at, or {@link #NEVER}; GetEarliestTime in the notes. */
    long earliestTime() {
        return entries.isEmpty() ? NEVER : entries.first().dueNanos();
    }

    /**
     * Takes one entry that is due at {@code now} and puts it back for its next check; GetOverTimeTimer in the notes.
     *
     * @return the entry, or null if none is due
     */
    TimerEntry takeDue(long now) {
        long earliest = earliestTime();
        Trace.step("GetOverTimeTimer.1", "timer queue", "nanoseconds to the earliest time:", earliest - now);
        if (earliest > now) {
            return null;
        }
        Trace.step("GetOverTimeTimer.2", "timer queue", "the earliest is due");
        TimerEntry entry = entries.pollFirst(); // RemoveFirstTimer
        Trace.step("GetOverTimeTimer.2-1", entry.client(), "taken out");
        add(entry, now);
        Trace.step("GetOverTimeTimer.2-2", entry.client(), "put back for its next check");
        Trace.step("GetOverTimeTimer.2-3", entry.client(), "returned");
        return entry;
    }

    int size() {
        return entries.size();
    }
}
