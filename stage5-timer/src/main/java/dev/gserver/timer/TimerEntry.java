package dev.gserver.timer;

import dev.gserver.epoll.Client;

/**
 * One client in the timer queue. {@code dueNanos} and {@code number} belong to the queue it is in, and to whoever guards
 * that; the time of the last ping is written by workers and read by the timer's thread (race: last-ping-not-volatile).
 */
final class TimerEntry {
    private final Client client;
    private volatile long lastPingNanos;
    private boolean kicked; // belongs to the timer's thread
    private long dueNanos;
    private long number;

    /** An entry for {@code client}; being let in at {@code nanos} counts as its first ping. */
    TimerEntry(Client client, long nanos) {
        this.client = client;
        this.lastPingNanos = nanos;
    }

    Client client() {
        return client;
    }

    void pinged(long nanos) {
        lastPingNanos = nanos;
    }

    /** When it last pinged; lastPingTime in the C++ course. */
    long lastPingNanos() {
        return lastPingNanos;
    }

    boolean isKicked() {
        return kicked;
    }

    /** Notes that its client was asked to be closed. */
    void kick() {
        kicked = true;
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
