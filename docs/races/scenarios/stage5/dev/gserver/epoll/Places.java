package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import java.util.function.Consumer;

/** Clients without sockets, for the scenarios. */
public final class Places {
    private static final Memory MEMORY = new Memory(1_000_000, 1_000_000);

    private Places() {}

    /** The client of a new place; {@code kicked} is called in the event loop's place when it is to be closed. */
    public static Client client(Consumer<Client> kicked) {
        return take(new Connection(0), kicked);
    }

    /** The next client at the place of one that leaves now. */
    public static Client next(Client leaving, Consumer<Client> kicked) {
        leaving.connection().free();
        return take(leaving.connection(), kicked);
    }

    /** The client leaves. */
    public static void leave(Client client) {
        client.connection().free();
    }

    private static Client take(Connection place, Consumer<Client> kicked) {
        place.open(null, "client");
        Clients clients = new Clients(null, null, null, MEMORY, null) {
            @Override
            void closeSoon(Client client, String reason) {
                kicked.accept(client);
            }
        };
        Client client = new Client(place, "client", clients, MEMORY);
        place.setClient(client);
        return client;
    }
}
