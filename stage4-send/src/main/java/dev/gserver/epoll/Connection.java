package dev.gserver.epoll;

import java.nio.channels.ByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/**
 * A place in the connection pool, taken by one client after another, or by a listening socket; gsx_connection_t in the
 * notes. Belongs to the event loop's thread; index and sequence number may be read by any (race:
 * sequence-not-volatile).
 */
public final class Connection {
    private final int index;
    private final PacketAssembler assembler = new PacketAssembler();
    private String name;
    private SelectableChannel channel; // null while the place is free
    private SelectionKey key; // null until it is registered
    private EventHandler readHandler;
    private EventHandler writeHandler;
    private Client client; // null where there is none
    private volatile long sequence;

    Connection(int index) {
        this.index = index;
    }

    /** Takes the place for {@code newChannel}, which {@code newName} names in log and trace. */
    void open(SelectableChannel newChannel, String newName) {
        channel = newChannel;
        name = newName;
        sequence++;
    }

    /** From here on everything that still waits for the client is stale. */
    void free() {
        sequence++;
        channel = null;
        key = null;
        readHandler = null;
        writeHandler = null;
        client = null;
        assembler.clear();
    }

    /** Number of this place in the pool, 0 to the pool's size less one. Any thread. */
    public int index() {
        return index;
    }

    /** Changes whenever the place is taken or given back; iCurrsequence in the notes. Any thread. */
    long sequence() {
        return sequence;
    }

    /** The client's channel, while the place is open. */
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

    /** The client that has the place; null where there is none. */
    public Client client() {
        return client;
    }

    void setClient(Client newClient) {
        client = newClient;
    }

    @Override
    public String toString() {
        return "connection " + index + " (" + name + ")";
    }
}
