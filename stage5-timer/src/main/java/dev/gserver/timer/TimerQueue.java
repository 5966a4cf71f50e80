package dev.gserver.timer;

import dev.gserver.common.Trace;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Clients ordered by the time of their next check; m_timerQueuemap, the multimap of the notes. A set of (time, number)
 * pairs does what a multimap does, as several entries may share a time, and finds one of them in O(log n).
 *
 * <p>Not thread-safe: the caller guards it. Times are nanoseconds since a start of the caller's choice, 0 or more.
 */
final class TimerQueue {
    private final TreeSet<TimerEntry> entries =
            new TreeSet<>(Comparator.comparingLong(TimerEntry::dueNanos).thenComparingLong(TimerEntry::number));
    private final long waitNanos;
    private long lastNumber;

    /** A queue that puts what has been due back for {@code waitNanos} later; m_iWaitTime in the notes. */
    TimerQueue(long waitNanos) {
        this.waitNanos = waitNanos;
    }

    /** Puts {@code entry} in, its first check due a wait time after {@code now}; AddToTimerQueue in the notes. */
    void addToTimerQueue(TimerEntry entry, long now) {
        entry.schedule(now + waitNanos, ++lastNumber);
        entries.add(entry);
    }

    /** Takes {@code entry} out, if it is in. */
    void remove(TimerEntry entry) {
        entries.remove(entry);
    }

    /** The earliest time that something is due at; GetEarliestTime in the notes. */
    OptionalLong earliestTime() {
        return entries.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(entries.first().dueNanos());
    }

    /**
     * Takes one entry that is due at {@code now} and puts it back for its next check; GetOverTimeTimer in the notes.
     *
     * @return the entry, or null if none is due
     */
    TimerEntry getOverTimeTimer(long now) {
        OptionalLong earliest = earliestTime();
        if (earliest.isEmpty()) {
            return null;
        }
        Trace.step(
                "GetOverTimeTimer.1", "timer queue", "nanoseconds to the earliest time:", earliest.getAsLong() - now);
        if (earliest.getAsLong() > now) {
            return null;
        }
        Trace.step("GetOverTimeTimer.2", "timer queue", "the earliest is due");
        TimerEntry entry = removeFirstTimer();
        Trace.step("GetOverTimeTimer.2-1", entry.client(), "taken out");
        addToTimerQueue(entry, now);
        Trace.step("GetOverTimeTimer.2-2", entry.client(), "put back for its next check");
        Trace.step("GetOverTimeTimer.2-3", entry.client(), "returned");
        return entry;
    }

    /** RemoveFirstTimer in the notes. */
    private TimerEntry removeFirstTimer() {
        return entries.pollFirst();
    }

    int size() {
        return entries.size();
    }
}
