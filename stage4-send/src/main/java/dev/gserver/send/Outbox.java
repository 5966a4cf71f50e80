package dev.gserver.send;

import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The packets that wait to be sent to one client, and how far the first of them has gone; psendbuf and isendlen in the
 * notes' connection. Its monitor guards its fields.
 *
 * <p>Only one thread writes at a time: the event loop's while the outbox waits for a write event, else the send thread.
 * The channel is that of its own client, so a packet can never reach the next owner of the connection.
 */
final class Outbox {
    /** What has become of the packets after a write. */
    enum State {
        /** Nothing is left. */
        ALL_SENT,
        /** The socket took all it was given, but more is waiting. */
        MORE,
        /** The socket is full. */
        FULL
    }

    private final Connection connection;
    private final long sequence;
    private final WritableByteChannel channel;
    private final int maxPendingBytes;
    private Queue<Message> pending = new ArrayDeque<>();
    private int sentOfFirst; // bytes of the first packet that have left already
    private int pendingBytes;
    private boolean inSendList;
    private boolean waitingForWriteEvent; // iThrowsendCount > 0
    private boolean discarded;
    private boolean paused; // so much waits that its client is not read from
    private boolean watched; // for a stall; belongs to the event loop's thread
    private long sentBytes;

    /** The outbox of the client that {@code connection} has now; it writes to {@code channel}. */
    Outbox(Connection connection, WritableByteChannel channel, int maxPendingBytes) {
        this.connection = connection;
        this.sequence = connection.sequence();
        this.channel = channel;
        this.maxPendingBytes = maxPendingBytes;
    }

    Connection connection() {
        return connection;
    }

    long sequence() {
        return sequence;
    }

    boolean isStale() {
        return connection.isStale(sequence);
    }

    /** Appends a packet; false if that would be more than the client may leave waiting, or it is being closed for that. */
    synchronized boolean add(Message packet) {
        if (discarded || packet.packetLength() > maxPendingBytes - pendingBytes) {
            return false;
        }
        pending.add(packet);
        pendingBytes += packet.packetLength();
        return true;
    }

    /** Drops everything, now and from now on; true the first time. */
    synchronized boolean discard() {
        boolean first = !discarded;
        discarded = true;
        pending = new ArrayDeque<>(); // not cleared: the old one would keep its size, and a watch may keep this outbox
        pendingBytes = 0;
        return first;
    }

    /** Whether so much waits that its client must not be read from; true once, until {@link #resumes} was. */
    synchronized boolean pauses() {
        boolean now = !paused && pendingBytes > maxPendingBytes / 2;
        paused |= now;
        return now;
    }

    /** Whether its client can be read from again after a pause; true once. */
    synchronized boolean resumes() {
        boolean now = paused && pendingBytes <= maxPendingBytes / 4;
        paused &= !now;
        return now;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    /** How many bytes have been sent, ever. */
    synchronized long sentBytes() {
        return sentBytes;
    }

    synchronized int pendingBytes() {
        return pendingBytes;
    }

    synchronized boolean isWaitingForWriteEvent() {
        return waitingForWriteEvent;
    }

    boolean isWatched() {
        return watched;
    }

    void setWatched(boolean newWatched) {
        watched = newWatched;
    }

    /** Notes that it enters the send list; false if it is there already. */
    synchronized boolean enterSendList() {
        boolean enters = !inSendList;
        inSendList = true;
        return enters;
    }

    /** Asked by the send thread, which took it from the send list: true if it has to be left to a write event. */
    synchronized boolean leaveToWriteEvent() {
        if (waitingForWriteEvent) {
            inSendList = false;
        }
        return waitingForWriteEvent;
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /**
     * Fills {@code buffer} with waiting packets and writes them to the client in one call; sendproc in the notes. Its
     * own lock is free during the call, so that packets can be added.
     *
     * @param buffer a direct buffer that holds the longest packet at least
     * @throws IOException if the client is gone
     */
    State send(ByteBuffer buffer) throws IOException {
        fill(buffer);
        // Without a packet in it the call would still fail if the event loop has ended our side of the connection.
        int count = buffer.hasRemaining() ? channel.write(buffer) : 0;
        return noteSent(count, buffer.hasRemaining());
    }

    private synchronized void fill(ByteBuffer buffer) {
        buffer.clear();
        for (Message packet : pending) {
            if (packet.packetLength() > buffer.remaining()) {
                break;
            }
            packet.writeTo(buffer);
        }
        buffer.flip().position(Math.min(sentOfFirst, buffer.limit()));
    }

    /**
     * Counts what has gone and lets go of the send list in one step: a packet added between the two would find the outbox
     * in the list, and nobody would look at it again. That it waits for a write event is noted before that is asked for:
     * from here on the send thread leaves the channel to the event loop's.
     */
    private synchronized State noteSent(int count, boolean full) {
        if (discarded) {
            return State.ALL_SENT;
        }
        sentBytes += count;
        pendingBytes -= count;
        sentOfFirst += count;
        while (!pending.isEmpty() && sentOfFirst >= pending.peek().packetLength()) {
            sentOfFirst -= pending.remove().packetLength();
        }
        State state = pending.isEmpty() ? State.ALL_SENT : full ? State.FULL : State.MORE;
        if (waitingForWriteEvent) { // the event loop's thread is writing
            waitingForWriteEvent = state != State.ALL_SENT;
        } else {
            waitingForWriteEvent = state == State.FULL;
            inSendList = state == State.MORE;
        }
        return state;
    }
}
