package dev.gserver.send;

import dev.gserver.Trace;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.ConnectionListener;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
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
 * list at most once. The array of outboxes is written by the event loop's thread and read by any.
 */
public final class SendQueue implements ConnectionListener {
    /** A client that is not read from because it does not read either is closed after this time. */
    static final Duration STALL = Duration.ofSeconds(10);

    private final EventLoop eventLoop;
    private final AtomicReferenceArray<Outbox> outboxes;
    private final int maxPendingBytes;
    private final Duration stall;
    private final ClientWarnings warnings;
    private final WriteHandler writeHandler;
    private final Queue<Outbox> sendList = new ConcurrentLinkedQueue<>();
    private final Semaphore semaphore = new Semaphore(0);
    private volatile boolean closed;

    /**
     * A queue for the connections of a pool of size {@code connections}.
     *
     * @param maxPendingBytes a client with more bytes than this waiting is closed, with half of it not read from
     */
    public SendQueue(EventLoop eventLoop, int connections, int maxPendingBytes, ClientWarnings warnings) {
        this(eventLoop, connections, maxPendingBytes, STALL, warnings);
    }

    SendQueue(EventLoop eventLoop, int connections, int maxPendingBytes, Duration stall, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.outboxes = new AtomicReferenceArray<>(connections);
        this.maxPendingBytes = maxPendingBytes;
        this.stall = stall;
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
            close(outbox, "more than " + maxPendingBytes + " bytes would wait to be sent");
            return;
        }
        synchronized (outbox) { // so that pause and resume are asked for in the order in which they were decided
            if (outbox.pauses()) {
                pauseReading(outbox);
            }
        }
        Trace.step("msgSend.1", message, "appended to the send queue");
        // After it was added: the send thread could have taken the outbox, found it empty and let it go before.
        if (outbox.enterSendList()) {
            Trace.step("msgSend.2", message, "send thread woken");
            post(outbox);
        }
    }

    private void close(Outbox slowReader, String reason) {
        if (slowReader.discard()) {
            String peer = slowReader.connection().peer(slowReader.sequence());
            warnings.warn(() -> peer + ": closed: it does not read its answers: " + reason);
            eventLoop.requestClose(slowReader.connection(), slowReader.sequence(), "it does not read");
        }
    }

    /** Who does not take its answers is not asked for more requests: TCP passes that on to the client. */
    private void pauseReading(Outbox outbox) {
        Connection connection = outbox.connection();
        eventLoop.executeFor(connection, outbox.sequence(), () -> {
            eventLoop.pauseReading(connection);
            if (!outbox.isWatched()) {
                outbox.setWatched(true);
                watch(outbox);
            }
        });
    }

    /** Looks again after a while, and closes a client that is still paused and has taken nothing since. */
    private void watch(Outbox outbox) {
        long sentBefore = outbox.sentBytes();
        eventLoop.executeAfter(stall, () -> {
            if (outbox.isStale() || !outbox.isPaused()) {
                outbox.setWatched(false);
            } else if (outbox.sentBytes() > sentBefore || takesSome(outbox)) {
                watch(outbox);
            } else {
                close(outbox, "it has taken none for " + stall.toMillis() + " ms");
            }
        });
    }

    /** One try before the end: Linux reports a write event only when a third of the socket's buffer is free. */
    private boolean takesSome(Outbox outbox) {
        long sentBefore = outbox.sentBytes();
        try {
            writeHandler.handle(outbox.connection());
        } catch (IOException e) {
            broken(outbox, String.valueOf(e.getMessage()));
        }
        return outbox.sentBytes() > sentBefore;
    }

    /** Writes what fits to the client of {@code outbox}, whom that may allow to be read from again. */
    Outbox.State send(Outbox outbox, ByteBuffer buffer) throws IOException {
        Outbox.State state = outbox.send(buffer);
        synchronized (outbox) {
            if (outbox.resumes()) {
                eventLoop.resumeReading(outbox.connection(), outbox.sequence());
            }
        }
        return state;
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

    /** How many clients the send thread has still to look at. Any thread; walks the list. */
    public int clientsToSendTo() {
        return sendList.size();
    }

    /** How many bytes wait to be sent, to all clients together. Any thread; asks each outbox. */
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

    /** Has {@link #take} return null from now on. Any thread. */
    void close() {
        closed = true;
        semaphore.release(); // after the flag: a thread let through before would wait again
    }
}
