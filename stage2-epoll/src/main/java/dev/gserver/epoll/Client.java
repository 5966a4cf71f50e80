package dev.gserver.epoll;

/**
 * One client: the place in the connection pool that it has, and the sequence number that the place had when it was let
 * in; what the C++ course puts in front of every message (pConn and iCurrsequence). Places are used again, so whatever
 * waits in a queue travels with its client, and asks {@link #hasLeft} before it acts. Any thread (races:
 * number-only-when-taken, number-goes-back).
 */
public final class Client {
    private final Connection connection;
    private final long sequence;
    private final String peer;

    /** The client that {@code connection} has from now on; {@code peer} is its address, for log lines. */
    Client(Connection connection, String peer) {
        this.connection = connection;
        this.sequence = connection.sequence();
        this.peer = peer;
    }

    /** Whether it is gone; its place may have a new owner. Once true it stays true. */
    public boolean hasLeft() {
        return connection.sequence() != sequence;
    }

    /** The place in the pool that it has, or had. */
    public Connection connection() {
        return connection;
    }

    /** Its address, also when it has left. */
    public String peer() {
        return peer;
    }

    @Override
    public String toString() {
        return "connection " + connection.index() + " (" + peer + ")";
    }
}
