package dev.gserver.threadpool;

import dev.gserver.common.Threads;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The threads that handle messages. Started and closed by one thread. A worker is never interrupted: it ends
 * after the message in hand.
 */
public final class ThreadPool implements AutoCloseable {
    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Thread> workers = new ArrayList<>();
    private final ReceiveQueue receiveQueue;
    private final MessageDispatcher dispatcher;
    private final AnswerSink answers;
    private volatile boolean closed; // read between two messages, without a lock (race: closed-not-volatile)

    /** A pool of {@code threads} threads, 1 or more; they run from {@link #start} on. */
    public ThreadPool(int threads, ReceiveQueue receiveQueue, MessageDispatcher dispatcher, AnswerSink answers) {
        this.receiveQueue = receiveQueue;
        this.dispatcher = dispatcher;
        this.answers = answers;
        for (int number = 1; number <= threads; number++) {
            Thread worker = new Thread(this::work, "worker-" + number);
            worker.setDaemon(true); // a handler that never returns must not keep the process alive
            workers.add(worker);
        }
    }

    /** Starts the threads; once. */
    public void start() {
        workers.forEach(Thread::start);
    }

    /** How many threads there are. Any thread. */
    public int threads() {
        return workers.size();
    }

    /** What every worker does; ThreadFunc in the notes. */
    private void work() {
        List<Message> batch = new ArrayList<>(ReceiveQueue.BATCH);
        Mailbox mailbox;
        while ((mailbox = receiveQueue.take(batch)) != null) {
            for (Message message : batch) {
                if (!closed) {
                    Trace.step("ThreadFunc.2", message, "taken by a thread of the pool");
                    dispatcher.dispatch(message, answers);
                }
            }
            receiveQueue.giveBack(mailbox, batch);
            batch.clear();
        }
    }

    /** Ends the workers, each after the message in hand; one that is still in a handler after a second is left behind. */
    @Override
    public void close() {
        closed = true;
        receiveQueue.close();
        long deadline = System.nanoTime() + STOP_NANOS;
        for (Thread worker : workers) {
            Threads.join(worker, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        }
    }
}
