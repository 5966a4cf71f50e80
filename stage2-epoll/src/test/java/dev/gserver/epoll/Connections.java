package dev.gserver.epoll;

import java.nio.channels.WritableByteChannel;

/** Connections for the tests of other layers, which cannot make any. */
public final class Connections {
    private Connections() {}

    /** An open connection, number {@code index}, to a client called {@code peer}. */
    public static Connection open(int index, String peer) {
        Connection connection = new Connection(index);
        connection.open(new FakeChannel(), peer);
        return connection;
    }

    /** An open connection that writes to {@code channel}. */
    public static Connection open(int index, String peer, WritableByteChannel channel) {
        Connection connection = new Connection(index);
        connection.open(new FakeChannel(channel), peer);
        return connection;
    }

    /** Has a new client, which is written to through {@code channel}, take the place of one that left. */
    public static void reopen(Connection connection, String peer, WritableByteChannel channel) {
        connection.open(new FakeChannel(channel), peer);
    }

    /** Has the client leave. */
    public static void free(Connection connection) {
        connection.free();
    }

    /** Has a new client take the place of one that left. */
    public static void reopen(Connection connection, String peer) {
        connection.open(new FakeChannel(), peer);
    }

    /** Has {@link Connection#inputEnded} return true. */
    public static void endInput(Connection connection) {
        connection.endInput();
    }

    /** A message as the event loop delivers it, with the right CRC. */
    public static Message message(Connection connection, int code, byte... body) {
        return new Message(connection, connection.sequence(), code, Message.crc32Of(body), body);
    }
}
