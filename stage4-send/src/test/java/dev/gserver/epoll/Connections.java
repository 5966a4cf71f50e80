package dev.gserver.epoll;

import dev.gserver.memory.Memory;

/** Clients for the tests of other layers, which cannot make any. */
public final class Connections {
    private static final Memory MEMORY = new Memory(100_000_000, 10_000_000);

    private Connections() {}

    /** A client called {@code peer} at place number {@code index}, without an event loop. */
    public static Client client(int index, String peer) {
        return take(new Connection(index), peer, null);
    }

    /** The same, with the clients of an event loop, which are told what is due. */
    public static Client client(int index, String peer, Clients clients) {
        return take(new Connection(index), peer, clients);
    }

    /** A client with {@code bytes} of requests whose input has ended; {@code due} runs when they are off its account. */
    public static Client ended(int index, int bytes, Runnable due) {
        Client client = client(index, "client-" + index, new Clients(null, null, null, MEMORY, null) {
            @Override
            void lookAgainSoon(Client ignored) {
                due.run();
            }
        });
        client.holdRequests(bytes);
        client.endInput();
        return client;
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
        Client client = new Client(connection, peer, clients, MEMORY);
        connection.setClient(client);
        return client;
    }

    /** A message as the event loop delivers it, with the right CRC. */
    public static Message message(Client client, int code, byte... body) {
        return new Message(client, code, Message.crc32Of(body), body);
    }
}
