package dev.gserver.threadpool;

import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Layer;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.MessageSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was received and waits for a worker; inMsgRecvQueue in the notes. The event loop's thread puts in, workers take
 * out.
 *
 * <p>The mutex guards the ready list, every mailbox, {@code closed} and the counts. The array of mailboxes and {@code arrived}
 * belong to the event loop's thread. A {@link ReentrantLock} with a {@link Condition} is what the notes' pthread_mutex and pthread_cond
 * are (race: discard-outside-the-mutex).
 */
public final class ReceiveQueue implements MessageSink, Layer {
    /** How many messages of one client a worker takes before it looks after the others. */
    static final int BATCH = 64;

    /** When so many have gathered they are put in: a wait of the loop may bring a hundred thousand before it ends. */
    private static final int FLUSH_SIZE = 2048;

    private final Mailbox[] mailboxes;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition notEmpty = mutex.newCondition();
    private final Queue<Mailbox> ready = new ArrayDeque<>();
    private final List<Message> arrived = new ArrayList<>(); // since the last flush
    private boolean closed;
    // Written under the mutex, read by any (races: waiting-not-volatile, handled-not-volatile, busy-not-volatile).
    private volatile int messagesWaiting;
    private volatile long messagesHandled;
    private volatile int workersBusy;

    /** A queue for the clients of a pool of size {@code connections}. */
    public ReceiveQueue(int connections) {
        mailboxes = new Mailbox[connections];
    }

    @Override
    public void opened(Client client) {
        mailboxes[client.connection().index()] = new Mailbox(client);
    }

    @Override
    public void closed(Client client) {
        flush(); // what it has sent is discarded below
        Mailbox mailbox = mailboxes[client.connection().index()];
        mailboxes[client.connection().index()] = null;
        int bytes;
        mutex.lock();
        try { // now, not when a worker comes to it: clients that come and go quickly would fill the memory
            messagesWaiting -= mailbox.size();
            bytes = mailbox.discard();
            ready.remove(mailbox);
        } finally {
            mutex.unlock();
        }
        client.releaseRequests(bytes);
    }

    /** Takes over messages for a worker to handle; puts them in if many have gathered. Event loop's thread. */
    @Override
    public void deliver(Client client, List<Message> messages) {
        Trace.step("gsx_wait_request_handler_proc_plast.2", client, "a thread of the pool is to process them");
        arrived.addAll(messages);
        if (arrived.size() >= FLUSH_SIZE) {
            flush();
        }
    }

    /**
     * Puts in all that has arrived, and wakes one worker, who wakes the next if there is work for two: a lock
     * and a signal for each client would cost more than its message. Both under the mutex, which a worker holds from its
     * look at the list until it waits: else the signal could come between the two, and be lost (races:
     * signal-before-list, look-then-wait). Event loop's thread.
     */
    @Override
    public void flush() {
        if (arrived.isEmpty()) {
            return;
        }
        mutex.lock();
        try {
            arrived.forEach(this::inMsgRecvQueue);
            messagesWaiting += arrived.size();
            Trace.step("inMsgRecvQueueAndSignal.2", "receive queue", "one thread signalled");
            notEmpty.signal();
        } finally {
            mutex.unlock();
        }
        arrived.clear();
    }

    private void inMsgRecvQueue(Message message) {
        Mailbox mailbox = mailboxes[message.client().connection().index()];
        mailbox.add(message);
        Trace.step("inMsgRecvQueueAndSignal.1", message, "in the receive queue");
        if (mailbox.schedule()) {
            ready.add(mailbox);
        }
    }

    /**
     * Waits for a mailbox that has messages, and moves some of them to {@code batch}. The mailbox is the caller's until
     * it gives it back. Called by the workers (races: if-not-while, no-chain).
     *
     * @return the mailbox, or null when the queue is closed
     */
    Mailbox take(List<Message> batch) {
        mutex.lock();
        try {
            while (ready.isEmpty() && !closed) {
                Trace.step("ThreadFunc.1", "thread pool", "waiting for the condition");
                notEmpty.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            Mailbox mailbox = ready.remove();
            if (!ready.isEmpty()) {
                notEmpty.signal(); // work for one more; nothing happens if none waits
            }
            mailbox.moveTo(batch, BATCH);
            messagesWaiting -= batch.size();
            workersBusy++;
            return mailbox;
        } finally {
            mutex.unlock();
        }
    }

    /** Takes back a mailbox, of which {@code batch} has been handled (races: give-back-split, released-when-taken). */
    void giveBack(Mailbox mailbox, List<Message> batch) {
        mutex.lock();
        try {
            messagesHandled += batch.size();
            workersBusy--;
            // Under one lock: a message added between the look and the end would find it scheduled, and stay outside.
            if (mailbox.size() > 0) {
                ready.add(mailbox); // at the end of the list; no signal, as the caller looks again before it waits
            } else {
                mailbox.unschedule();
            }
        } finally {
            mutex.unlock();
        }
        int bytes = batch.stream().mapToInt(Message::heapBytes).sum();
        mailbox.client().releaseRequests(bytes);
    }

    /** How many messages wait for a worker. Any thread. */
    public int messagesWaiting() {
        return messagesWaiting;
    }

    /** How many messages the workers are done with, ever; they are counted when their batch is. Any thread. */
    public long messagesHandled() {
        return messagesHandled;
    }

    /** How many workers have messages in hand. Any thread. */
    public int workersBusy() {
        return workersBusy;
    }

    /**
     * Has every worker's next {@link #take} return null; what is still waiting is left. Any thread (races:
     * stop-wakes-one, stop-signals-first).
     */
    void close() {
        mutex.lock();
        try {
            closed = true;
            notEmpty.signalAll();
        } finally {
            mutex.unlock();
        }
    }
}
