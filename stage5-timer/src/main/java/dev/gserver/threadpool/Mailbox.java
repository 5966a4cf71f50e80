package dev.gserver.threadpool;

import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The messages of one client that wait to be handled. It stands in the receive queue's ready list at most once, and not
 * while a worker has it: so one client's messages are handled one at a time and in order. Guarded by the receive
 * queue's mutex. A new client gets a new mailbox, whatever a worker still does with the one before.
 */
final class Mailbox {
    /** Above this many bytes the client is not read from; from half of it on it is again. */
    static final int HIGH_WATER_BYTES = 256 * 1024;

    /** What a message costs in memory beside its body, about; so that a flood of empty messages counts too. */
    private static final int OVERHEAD_BYTES = 64;

    private final Connection connection;
    private final long sequence;
    private Queue<Message> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private int inHand; // how many the worker that has it took
    private boolean scheduled; // in the ready list, or with a worker
    private boolean paused;

    /** The mailbox of the client that {@code connection} has now. */
    Mailbox(Connection connection) {
        this.connection = connection;
        this.sequence = connection.sequence();
    }

    Connection connection() {
        return connection;
    }

    long sequence() {
        return sequence;
    }

    void add(List<Message> messages) {
        for (Message message : messages) {
            waiting.add(message);
            waitingBytes += cost(message);
        }
    }

    /** Moves up to {@code most} messages to {@code batch}. */
    void moveTo(List<Message> batch, int most) {
        inHand = Math.min(most, waiting.size());
        for (int i = 0; i < inHand; i++) {
            Message message = waiting.remove();
            waitingBytes -= cost(message);
            batch.add(message);
        }
    }

    /** Throws all messages away, as their client has left; returns how many. */
    int discard() {
        int count = waiting.size();
        waiting = new ArrayDeque<>(); // one that was cleared would keep its size
        waitingBytes = 0;
        return count;
    }

    /** How many messages the last {@link #moveTo} moved. */
    int inHand() {
        return inHand;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Notes that it is to be worked on; false if that was so already. */
    boolean schedule() {
        boolean first = !scheduled;
        scheduled = true;
        return first;
    }

    void unschedule() {
        scheduled = false;
    }

    boolean isScheduled() {
        return scheduled;
    }

    /** Whether reading has to pause; true once, until {@link #resumes} was. */
    boolean pauses() {
        boolean now = !paused && waitingBytes > HIGH_WATER_BYTES;
        paused |= now;
        return now;
    }

    /** Whether reading can go on after a pause; true once. */
    boolean resumes() {
        boolean now = paused && waitingBytes <= HIGH_WATER_BYTES / 2;
        paused &= !now;
        return now;
    }

    private static int cost(Message message) {
        return message.body().length + OVERHEAD_BYTES;
    }
}
