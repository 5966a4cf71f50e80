package dev.gserver.send;

import dev.gserver.epoll.Client;
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
 * The channel is that of its own client, so a packet can never reach the next owner of the connection (races:
 * two-writers, channel-of-the-place).
 */
final class Outbox {
    /** What has become of the packets after a write. */
    enum State {
        /** Nothing is left. */
        ALL_SENT,
        /** The socket took all it was given, but more is waiting. */
        MORE,
        /** The socket is full. */
        FULL,
        /** The socket is full, and has taken nothing at all. */
        STUCK
    }

    private final Client client;
    private final WritableByteChannel channel;
    private final int maxPendingBytes;
    private Queue<Message> pending = new ArrayDeque<>();
    private int sentOfFirst; // bytes of the first packet that have left already
    private int pendingBytes; // on the client's account
    private boolean inSendList;
    private boolean waitingForWriteEvent; // iThrowsendCount > 0
    private boolean discarded;

    /** The outbox of {@code client}; it writes to {@code channel}. */
    Outbox(Client client, WritableByteChannel channel, int maxPendingBytes) {
        this.client = client;
        this.channel = channel;
        this.maxPendingBytes = maxPendingBytes;
    }

    Client client() {
        return client;
    }

    /**
     * Appends a packet, and returns whether the outbox has to be put into the send list. Both in one step: appended before,
     * it could be taken, sent and let go of; appended after, nobody would look (race: enters-before-it-appends). If too much
     * would wait then, all is dropped and the client is to be closed.
     */
    boolean add(Message packet) {
        int bytes = packet.heapBytes();
        client.holdAnswers(bytes);
        boolean tooMuch;
        synchronized (this) {
            tooMuch = !discarded && bytes > maxPendingBytes - pendingBytes;
            if (!discarded && !tooMuch) {
                pending.add(packet);
                pendingBytes += bytes;
                boolean enters = !inSendList;
                inSendList = true;
                return enters;
            }
        }
        client.releaseAnswers(bytes);
        if (tooMuch) {
            discard();
            client.requestClose("more than " + maxPendingBytes + " bytes of answers would wait for it");
        }
        return false;
    }

    /** Drops everything, now and from now on (race: discarded-once). */
    void discard() {
        int bytes;
        synchronized (this) {
            discarded = true;
            pending.clear();
            bytes = pendingBytes;
            pendingBytes = 0;
        }
        client.releaseAnswers(bytes);
    }

    synchronized int pendingBytes() {
        return pendingBytes;
    }

    synchronized boolean isWaitingForWriteEvent() {
        return waitingForWriteEvent;
    }

    /**
     * Takes it out of the send list if a write event is to send the rest, and returns whether it is so. Called by the
     * send thread, which has it from the list (race: turned-away-in-two-steps).
     */
    synchronized boolean leaveToWriteEvent() {
        inSendList &= !waitingForWriteEvent;
        return waitingForWriteEvent;
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
        int sent;
        State state;
        synchronized (this) {
            sent = removeSent(count);
            state = goOn(count, buffer.hasRemaining());
        }
        client.releaseAnswers(sent);
        return state;
    }

    /** Puts the packets that fit into {@code buffer}, without what of the first has been sent. */
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

    /** Removes the packets that {@code count} bytes more have completed; returns what they had on the account. */
    private int removeSent(int count) {
        int before = pendingBytes;
        sentOfFirst += count;
        while (!pending.isEmpty() && sentOfFirst >= pending.peek().packetLength()) {
            Message sent = pending.remove();
            sentOfFirst -= sent.packetLength();
            pendingBytes -= sent.heapBytes();
        }
        if (pending.isEmpty()) {
            pending = new ArrayDeque<>(); // one that was long keeps its array
        }
        return before - pendingBytes;
    }

    /**
     * Decides who goes on. In one step with the removal: a packet added between the two would find the outbox in the send
     * list, and nobody would look at it again. That it waits for a write event is noted before that is asked for: from here
     * on the send thread leaves the channel to the event loop's (races: removed-then-let-go, flag-after-asking).
     */
    private State goOn(int count, boolean full) {
        State state = pending.isEmpty() ? State.ALL_SENT : !full ? State.MORE : count > 0 ? State.FULL : State.STUCK;
        if (waitingForWriteEvent) { // the event loop's thread is writing
            waitingForWriteEvent = state != State.ALL_SENT;
        } else {
            waitingForWriteEvent = state == State.FULL || state == State.STUCK;
            inSendList = state == State.MORE;
        }
        return state;
    }
}
