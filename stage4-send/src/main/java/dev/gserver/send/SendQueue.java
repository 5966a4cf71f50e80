package dev.gserver.send;

import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Layer;
import dev.gserver.epoll.Message;
import dev.gserver.threadpool.AnswerSink;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What waits to be sent: an outbox for each client, and the list of those that the send thread has to look at. Workers
 * put in, the send thread takes out.
 *
 * <p>The list is a concurrent queue, and the semaphore counts it (m_semEventSendQueue in the notes). An outbox is in the
 * list at most once. The array of outboxes is written by the event loop's thread and read by any (race:
 * outboxes-not-volatile).
 */
public final class SendQueue implements AnswerSink, Layer {
    private final EventLoop eventLoop;
    private final AtomicReferenceArray<Outbox> outboxes;
    private final int maxPendingBytes;
    private final WriteHandler writeHandler;
    private final Queue<Outbox> sendList = new ConcurrentLinkedQueue<>();
    private final Semaphore semaphore = new Semaphore(0);
    private boolean closed; // the semaphore hands it over (race: stop-before-its-flag)

    /**
     * A queue for the clients of a pool of size {@code connections}.
     *
     * @param maxPendingBytes a client with more bytes of answers than this waiting is closed
     */
    public SendQueue(EventLoop eventLoop, int connections, int maxPendingBytes) {
        this.eventLoop = eventLoop;
        this.outboxes = new AtomicReferenceArray<>(connections);
        this.maxPendingBytes = maxPendingBytes;
        this.writeHandler = new WriteHandler(eventLoop, this);
    }

    @Override
    public void opened(Client client) {
        Outbox outbox = new Outbox(client, client.connection().bytes(), maxPendingBytes);
        outboxes.set(client.connection().index(), outbox);
        client.connection().setWriteHandler(writeHandler);
    }

    @Override
    public void closed(Client client) {
        outboxes.getAndSet(client.connection().index(), null).discard();
    }

    Outbox outbox(Client client) {
        return outboxes.get(client.connection().index());
    }

    /**
     * Has {@code answer} sent after those given before it; msgSend in the notes. Any thread; does not wait (race:
     * answer-to-the-next-owner).
     */
    @Override
    public void send(Message answer) {
        Outbox outbox = outbox(answer.client());
        if (outbox == null || outbox.client() != answer.client()) {
            return; // its client has left
        }
        boolean entersList = outbox.add(answer);
        Trace.step("msgSend.1", answer, "appended to the send queue");
        if (entersList) {
            Trace.step("msgSend.2", answer, "send thread woken");
            post(outbox);
        }
    }

    /**
     * Puts {@code outbox} at the end of the list. First the list, then the semaphore: whoever passes it finds an outbox
     * (race: semaphore-before-list).
     */
    void post(Outbox outbox) {
        sendList.add(outbox);
        semaphore.release();
    }

    /** Waits for an outbox to look at; null when the queue is closed. Called by the send thread. */
    Outbox take() {
        semaphore.acquireUninterruptibly();
        return closed ? null : sendList.remove();
    }

    /**
     * Has the event loop go on with {@code outbox} when its client's socket has room again (races:
     * interest-by-another-thread, delayed-by-another-thread).
     */
    void awaitWriteEvent(Outbox outbox) {
        eventLoop.execute(() -> {
            if (!outbox.client().hasLeft()) {
                eventLoop.addEvent(outbox.client().connection(), SelectionKey.OP_WRITE);
            }
        });
    }

    /** How many clients the send thread has still to look at. Any thread; walks the list. */
    public int clientsToSendTo() {
        return sendList.size();
    }

    /** How many bytes of answers wait, for all clients together. Any thread; asks each outbox. */
    public long bytesPending() {
        return outboxes().mapToLong(Outbox::pendingBytes).sum();
    }

    /** How many clients have a full socket. Any thread; asks each outbox. */
    public long clientsAwaitingWriteEvent() {
        return outboxes().filter(Outbox::isWaitingForWriteEvent).count();
    }

    private Stream<Outbox> outboxes() {
        return IntStream.range(0, outboxes.length()).mapToObj(outboxes::get).filter(Objects::nonNull);
    }

    /** Has {@link #take} return null from now on. Any thread (race: stop-before-its-flag). */
    void close() {
        closed = true;
        semaphore.release(); // after the flag: a thread let through before would wait again
    }
}
