package dev.gserver.epoll;

/** Clients without an event loop, for the tests of other layers, which cannot make any. */
public final class Connections {
    private Connections() {}

    /** A client called {@code peer} at place number {@code index}. */
    public static Client client(int index, String peer) {
        return take(new Connection(index), peer);
    }

    /** Has the client leave. */
    public static void leave(Client client) {
        client.connection().free();
    }

    /** The next client, at the place of one that has left. */
    public static Client next(Client gone, String peer) {
        return take(gone.connection(), peer);
    }

    private static Client take(Connection connection, String peer) {
        connection.open(new FakeChannel(), peer);
        Client client = new Client(connection, peer);
        connection.setClient(client);
        return client;
    }

    /** A message as the event loop delivers it, with the right CRC. */
    public static Message message(Client client, int code, byte... body) {
        return new Message(client, code, Message.crc32Of(body), body);
    }
}
