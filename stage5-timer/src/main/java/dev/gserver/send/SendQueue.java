package dev.gserver.send;

import dev.gserver.Trace;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.ConnectionListener;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.nio.channels.SelectionKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What waits to be sent: an outbox for each client, and the list of those that the send thread has to look at. Workers
 * put in, the send thread takes out.
 *
 * <p>The list is a concurrent queue, and the semaphore counts it (m_semEventSendQueue in the notes). An outbox is in the
 * list at most once. The array of outboxes is written by the event loop's thread and read by any.
 */
public final class SendQueue implements ConnectionListener {
    private final EventLoop eventLoop;
    private final AtomicReferenceArray<Outbox> outboxes;
    private final int maxPendingBytes;
    private final ClientWarnings warnings;
    private final WriteHandler writeHandler;
    private final Queue<Outbox> sendList = new ConcurrentLinkedQueue<>();
    private final Semaphore semaphore = new Semaphore(0);
    private volatile boolean closed;

    /**
     * A queue for the connections of a pool of size {@code connections}.
     *
     * @param maxPendingBytes a client with more bytes than this waiting is closed
     */
    public SendQueue(EventLoop eventLoop, int connections, int maxPendingBytes, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.outboxes = new AtomicReferenceArray<>(connections);
        this.maxPendingBytes = maxPendingBytes;
        this.warnings = warnings;
        this.writeHandler = new WriteHandler(eventLoop, this);
    }

    @Override
    public void opened(Connection connection) {
        outboxes.set(connection.index(), new Outbox(connection, connection.bytes(), maxPendingBytes));
        connection.setWriteHandler(writeHandler);
    }

    @Override
    public void closed(Connection connection) {
        outboxes.getAndSet(connection.index(), null).discard();
    }

    @Override
    public boolean busy(Connection connection) {
        return !outbox(connection).isEmpty();
    }

    Outbox outbox(Connection connection) {
        return outboxes.get(connection.index());
    }

    /** Has {@code message} sent after those given before it; msgSend in the notes. Any thread; does not wait. */
    public void msgSend(Message message) {
        Outbox outbox = outbox(message.connection());
        if (outbox == null || outbox.sequence() != message.sequence()) {
            return; // its client has left
        }
        if (!outbox.add(message)) {
            closeSlowReader(outbox);
            return;
        }
        Trace.step("msgSend.1", message, "appended to the send queue");
        if (outbox.enterSendList()) {
            Trace.step("msgSend.2", message, "send thread woken");
            post(outbox);
        }
    }

    private void closeSlowReader(Outbox outbox) {
        if (outbox.discard()) {
            String peer = outbox.connection().peer(outbox.sequence());
            warnings.warn(() -> peer + ": closed: it does not read its answers, and more than " + maxPendingBytes
                    + " bytes would wait to be sent");
            eventLoop.requestClose(outbox.connection(), outbox.sequence(), "it does not read");
        }
    }

    /** Puts {@code outbox} at the end of the list. First the list, then the semaphore: whoever passes it finds an outbox. */
    void post(Outbox outbox) {
        sendList.add(outbox);
        semaphore.release();
    }

    /** Waits for an outbox to look at; null when the queue is closed. Called by the send thread. */
    Outbox take() {
        semaphore.acquireUninterruptibly();
        return closed ? null : sendList.remove();
    }

    /** Has the event loop go on with {@code outbox} when its client's socket has room again. */
    void awaitWriteEvent(Outbox outbox) {
        Connection connection = outbox.connection();
        eventLoop.executeFor(
                connection, outbox.sequence(), () -> eventLoop.addEvent(connection, SelectionKey.OP_WRITE));
    }

    /** All of {@code outbox} is sent: if that was all its client was still waiting for, it can be closed. */
    void allSent(Outbox outbox) {
        eventLoop.workDone(outbox.connection(), outbox.sequence());
    }

    /** The client of {@code outbox} cannot be written to any more. */
    void broken(Outbox outbox, String reason) {
        outbox.discard();
        eventLoop.requestClose(outbox.connection(), outbox.sequence(), reason);
    }

    /** Has {@link #take} return null from now on. Any thread. */
    void close() {
        closed = true;
        semaphore.release();
    }
}
