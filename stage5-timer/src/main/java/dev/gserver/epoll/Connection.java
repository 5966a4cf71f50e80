package dev.gserver.epoll;

import java.nio.channels.ByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;

/**
 * A place in the connection pool, taken by one client after another; gsx_connection_t in the notes.
 *
 * <p>Because places are used again, whatever waits in a queue remembers the sequence number of its client, and asks
 * {@link #isStale} before it acts. Fields belong to the event loop's thread; the volatile ones may be read by any. A
 * layer above keeps what it needs in an array of its own, by {@link #index}, beside the lock that guards it.
 */
public final class Connection {
    private final int index;
    private final PacketAssembler assembler = new PacketAssembler();
    private SelectableChannel channel; // null while the place is free
    private SelectionKey key; // null until it is registered
    private EventHandler readHandler;
    private EventHandler writeHandler;
    private volatile String peer;
    private volatile long sequence;
    private volatile boolean inputEnded;
    private int pauses; // asked for by layers above, and not taken back yet

    Connection(int index) {
        this.index = index;
    }

    void open(SelectableChannel newChannel, String newPeer) {
        channel = newChannel;
        peer = newPeer;
        inputEnded = false;
        pauses = 0;
        sequence++;
    }

    /** From here on everything that still waits for the client is stale. */
    void free() {
        sequence++;
        channel = null;
        key = null;
        readHandler = null;
        writeHandler = null;
        assembler.clear();
    }

    boolean isOpen() {
        return channel != null;
    }

    boolean isListening() {
        return channel instanceof ServerSocketChannel;
    }

    /** Number of this place in the pool, 0 to the pool's size less one. Any thread. */
    public int index() {
        return index;
    }

    /** Changes whenever the place is taken or given back; iCurrsequence in the notes. Any thread. */
    public long sequence() {
        return sequence;
    }

    /** Whether the client that had sequence number {@code expected} is gone. Any thread. */
    public boolean isStale(long expected) {
        return sequence != expected;
    }

    /** Address of the client that has, or had, sequence number {@code expected}; for log lines. Any thread. */
    public String peer(long expected) {
        String current = peer;
        return isStale(expected) ? "a client that has left" : current;
    }

    /** Whether nothing more will be read: the client has ended its side, or the server is stopping. Any thread. */
    public boolean inputEnded() {
        return inputEnded;
    }

    void endInput() {
        inputEnded = true;
    }

    int pauses() {
        return pauses;
    }

    void addPauses(int more) {
        pauses += more;
    }

    /** The client's channel; only on the event loop's thread, while the connection is open. */
    public ByteChannel bytes() {
        return (ByteChannel) channel;
    }

    SelectableChannel channel() {
        return channel;
    }

    PacketAssembler assembler() {
        return assembler;
    }

    SelectionKey key() {
        return key;
    }

    void setKey(SelectionKey newKey) {
        key = newKey;
    }

    EventHandler readHandler() {
        return readHandler;
    }

    void setReadHandler(EventHandler handler) {
        readHandler = handler;
    }

    EventHandler writeHandler() {
        return writeHandler;
    }

    /** Sets what happens when the channel can be written to again. */
    public void setWriteHandler(EventHandler handler) {
        writeHandler = handler;
    }

    @Override
    public String toString() {
        return "connection " + index + " (" + peer + ")";
    }
}
