package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A handler that holds its worker until the test opens the gate, and then answers with the request's body. */
final class Gate implements MessageHandler, AutoCloseable {
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile boolean interrupted;

    @Override
    public void handle(Message request, AnswerSink answers) {
        requests.add(request);
        threads.add(Thread.currentThread());
        entered.release();
        try {
            opened.await();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        answers.send(request.answer(request.body()));
    }

    /** Waits until {@code count} more workers have come in. */
    void awaitEntered(int count) throws InterruptedException {
        assertThat(entered.tryAcquire(count, 8, TimeUnit.SECONDS))
                .as("%d workers in the handler", count)
                .isTrue();
    }

    void open() {
        opened.countDown();
    }

    /** What was asked of this handler so far. */
    List<Message> requests() {
        return requests;
    }

    /** The workers that came in so far. */
    List<Thread> threads() {
        return threads;
    }

    /** Whether a worker was interrupted in here. */
    boolean interrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        open();
    }
}
