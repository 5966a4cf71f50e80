package dev.gserver.epoll;

/** Clients for the tests of other layers, which cannot make any. */
public final class Connections {
    private Connections() {}

    /** A client called {@code peer} at place number {@code index}, without an event loop. */
    public static Client client(int index, String peer) {
        return take(new Connection(index), peer, null);
    }

    /** The same, with the clients of an event loop, which are told what is due. */
    public static Client client(int index, String peer, Clients clients) {
        return take(new Connection(index), peer, clients);
    }

    /** Has the client leave. */
    public static void leave(Client client) {
        client.connection().free();
    }

    /** The next client, at the place of one that has left. */
    public static Client next(Client gone, String peer) {
        return take(gone.connection(), peer, null);
    }

    private static Client take(Connection connection, String peer, Clients clients) {
        connection.open(new FakeChannel(), peer);
        Client client = new Client(connection, peer, clients);
        connection.setClient(client);
        return client;
    }

    /** A message as the event loop delivers it, with the right CRC. */
    public static Message message(Client client, int code, byte... body) {
        return new Message(client, code, Message.crc32Of(body), body);
    }
}
