package dev.gserver.threadpool;

import dev.gserver.Trace;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.ConnectionListener;
import dev.gserver.epoll.EventLoop;
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
 * <p>The mutex guards the ready list, every mailbox, {@code closed} and the counts. The array of mailboxes and the list
 * {@code arrived} belong to the event loop's thread. A {@link ReentrantLock} with a {@link Condition} is what the notes'
 * pthread_mutex and pthread_cond are.
 */
public final class ReceiveQueue implements MessageSink, ConnectionListener {
    /** How many messages of one client a worker takes before it looks after the others. */
    static final int BATCH = 64;

    private final EventLoop eventLoop;
    private final Mailbox[] mailboxes;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition notEmpty = mutex.newCondition();
    private final Queue<Mailbox> ready = new ArrayDeque<>();
    private final List<Mailbox> arrived = new ArrayList<>(); // with messages since the last flush
    private boolean closed;
    private int messagesWaiting;
    private long messagesHandled;
    private int workersBusy;

    /** A queue for the connections of a pool of size {@code connections}. */
    public ReceiveQueue(EventLoop eventLoop, int connections) {
        this.eventLoop = eventLoop;
        this.mailboxes = new Mailbox[connections];
    }

    @Override
    public void opened(Connection connection) {
        mailboxes[connection.index()] = new Mailbox(connection);
    }

    @Override
    public void closed(Connection connection) {
        Mailbox mailbox = mailboxes[connection.index()];
        mailboxes[connection.index()] = null;
        mutex.lock();
        try { // now, not when a worker comes to it: clients that come and go quickly would fill the memory
            messagesWaiting -= mailbox.discard();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public boolean busy(Connection connection) {
        mutex.lock();
        try {
            return mailboxes[connection.index()].isScheduled();
        } finally {
            mutex.unlock();
        }
    }

    /** Puts messages in, for a worker to handle; event loop's thread. */
    @Override
    public void deliver(Connection connection, List<Message> messages) {
        Trace.step("gsx_wait_request_handler_proc_plast.2", connection, "a thread of the pool is to process them");
        if (inMsgRecvQueue(mailboxes[connection.index()], messages)) {
            eventLoop.pauseReading(connection);
        }
    }

    /** The first half of the notes' inMsgRecvQueueAndSignal; returns whether the client has sent more than is good to hold. */
    private boolean inMsgRecvQueue(Mailbox mailbox, List<Message> messages) {
        mutex.lock();
        try {
            mailbox.add(messages);
            messagesWaiting += messages.size();
            Trace.step("inMsgRecvQueueAndSignal.1", mailbox.connection(), "in the receive queue");
            if (mailbox.schedule()) {
                arrived.add(mailbox);
            }
            return mailbox.pauses();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * The second half, once for all that a wait brought: a signal for each client would cost far more. The worker that
     * wakes up has the next one woken if there is work for two. Event loop's thread.
     */
    @Override
    public void flush() {
        if (arrived.isEmpty()) {
            return;
        }
        mutex.lock();
        try {
            // Under the mutex, which a worker holds from its look at the list until it waits: added and signalled in
            // between, the clients would stand in the list, and nobody would be awake to look at it.
            ready.addAll(arrived);
            Trace.step("inMsgRecvQueueAndSignal.2", "receive queue", "one thread signalled; clients:", arrived.size());
            notEmpty.signal();
        } finally {
            mutex.unlock();
        }
        arrived.clear();
    }

    /**
     * Waits for a mailbox that has messages, and moves some of them to {@code batch}. The mailbox is the caller's until
     * it gives it back. Called by the workers.
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
            messagesWaiting -= mailbox.inHand();
            workersBusy++;
            if (mailbox.resumes()) {
                eventLoop.resumeReading(mailbox.connection(), mailbox.sequence());
            }
            return mailbox;
        } finally {
            mutex.unlock();
        }
    }

    /** Takes back a mailbox whose batch has been handled; what arrived meanwhile goes to the end of the list. */
    void giveBack(Mailbox mailbox) {
        mutex.lock();
        try {
            messagesHandled += mailbox.inHand();
            workersBusy--;
            if (!mailbox.isEmpty()) {
                ready.add(mailbox); // no signal: the caller looks again before it waits
                return;
            }
            // Under the same lock: a message added between the look and this would find it scheduled, and signal
            // nobody.
            mailbox.unschedule();
        } finally {
            mutex.unlock();
        }
        // After the mailbox is idle: so either the loop sees that when the input ends, or we see that it has ended.
        eventLoop.workDone(mailbox.connection(), mailbox.sequence());
    }

    /** How many messages wait for a worker. Any thread. */
    public int messagesWaiting() {
        mutex.lock();
        try {
            return messagesWaiting;
        } finally {
            mutex.unlock();
        }
    }

    /** How many messages the workers are done with, ever; they are counted when their batch is. Any thread. */
    public long messagesHandled() {
        mutex.lock();
        try {
            return messagesHandled;
        } finally {
            mutex.unlock();
        }
    }

    /** How many workers have messages in hand. Any thread. */
    public int workersBusy() {
        mutex.lock();
        try {
            return workersBusy;
        } finally {
            mutex.unlock();
        }
    }

    /** Has every worker's next {@link #take} return null; what is still waiting is left. Any thread. */
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
