package dev.gserver.threadpool;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * The messages of one client that wait to be handled. It stands in the receive queue's ready list at most once, and not
 * while a worker has it: so one client's messages are handled one at a time and in order. Guarded by the receive queue's
 * mutex. A new client gets a new mailbox, whatever a worker still does with the one before (races:
 * unscheduled-when-taken, mailbox-of-the-place).
 */
final class Mailbox {
    private final Client client;
    private Queue<Message> waiting = new ArrayDeque<>();
    private boolean scheduled; // in the ready list, or with a worker

    Mailbox(Client client) {
        this.client = client;
    }

    Client client() {
        return client;
    }

    void add(Message message) {
        waiting.add(message);
    }

    /** Moves up to {@code most} messages to {@code batch}. */
    void moveTo(List<Message> batch, int most) {
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        if (waiting.isEmpty()) {
            waiting = new ArrayDeque<>(); // one that was long keeps its array
        }
    }

    /** Throws all messages away, as their client has left; returns what they had on its account. */
    int discard() {
        int bytes = waiting.stream().mapToInt(Message::heapBytes).sum();
        waiting.clear();
        return bytes;
    }

    int size() {
        return waiting.size();
    }

    /** Notes that it is to be worked on; returns whether it was not before. */
    boolean schedule() {
        boolean first = !scheduled;
        scheduled = true;
        return first;
    }

    void unschedule() {
        scheduled = false;
    }
}
