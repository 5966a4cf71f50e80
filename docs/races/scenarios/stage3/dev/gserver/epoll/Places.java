package dev.gserver.epoll;

import java.util.function.Consumer;

/** Clients without sockets, for the scenarios. */
public final class Places {
    private Places() {}

    /** The client of place {@code index}; {@code told} is called in the event loop's place when it is due. */
    public static Client client(int index, Consumer<Client> told) {
        return take(new Connection(index), told);
    }

    /** The next client at the place of one that leaves now. */
    public static Client next(Client leaving, Consumer<Client> told) {
        leaving.connection().free();
        return take(leaving.connection(), told);
    }

    private static Client take(Connection place, Consumer<Client> told) {
        place.open(null, "client");
        Clients clients = new Clients(null, null, null, null) {
            @Override
            void lookAgainSoon(Client client) {
                told.accept(client);
            }
        };
        Client client = new Client(place, "client", clients);
        place.setClient(client);
        return client;
    }

    /** The event loop reads nothing more from the client. */
    public static void endInput(Client client) {
        client.endInput();
    }

    /** Whether nothing is on the account. */
    public static boolean isSettled(Client client) {
        client.endInput();
        return client.isDue();
    }
}
