package dev.gserver.timer;

import dev.gserver.epoll.Connection;

/**
 * One client in the timer queue. {@code dueNanos} and {@code number} belong to the queue it is in, and to whoever guards
 * that; the time of the last ping is written by workers and read by the timer's thread.
 */
final class TimerEntry {
    private final Connection connection;
    private final long sequence;
    private volatile long lastPingNanos;
    private boolean kicked; // belongs to the timer's thread
    private long dueNanos;
    private long number;

    /** An entry for the client that {@code connection} has now; being let in at {@code nanos} counts as its first ping. */
    TimerEntry(Connection connection, long nanos) {
        this.connection = connection;
        this.sequence = connection.sequence();
        this.lastPingNanos = nanos;
    }

    Connection connection() {
        return connection;
    }

    long sequence() {
        return sequence;
    }

    void pinged(long nanos) {
        lastPingNanos = nanos;
    }

    /** When it last pinged; lastPingTime in the C++ course. */
    long lastPingNanos() {
        return lastPingNanos;
    }

    /** Notes that the client is kicked; false if it was already, and the event loop has not come to it yet. */
    boolean kick() {
        boolean first = !kicked;
        kicked = true;
        return first;
    }

    /** When its next check is due. */
    long dueNanos() {
        return dueNanos;
    }

    /** Tells entries that are due at the same time apart. */
    long number() {
        return number;
    }

    void schedule(long newDueNanos, long newNumber) {
        dueNanos = newDueNanos;
        number = newNumber;
    }
}
