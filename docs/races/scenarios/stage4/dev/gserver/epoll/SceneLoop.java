package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import dev.gserver.races.FakeSocket;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** An event loop on a fake selector, whose turns are run by the scenario's thread "event-loop"; and its clients. */
public final class SceneLoop extends EventLoop {
    public final Memory memory;
    private volatile boolean ended;

    public SceneLoop() throws IOException {
        this(new Memory(1_000_000, 1_000_000));
    }

    private SceneLoop(Memory memory) throws IOException {
        super(List.of(), 1, null, memory, null);
        this.memory = memory;
    }

    /** Runs the loop until {@link #end}. */
    public void serve() throws IOException {
        while (!ended) {
            processEvents(Long.MAX_VALUE);
            runTasks();
        }
    }

    /** Any thread. */
    public void end() {
        ended = true;
        execute(() -> {});
    }

    @Override
    void assertInLoopThread() {
        String name = Thread.currentThread().getName();
        if (!name.equals("event-loop")) {
            throw new IllegalStateException("only thread event-loop may do this, not " + name);
        }
    }

    /** The client of a new place; {@code told} is called in the loop's place when it is due. */
    public Client client(FakeSocket socket, Consumer<Client> told) {
        return take(new Connection(0), socket, told);
    }

    /** The next client at the place of one that leaves now. */
    public Client next(Client leaving, FakeSocket socket) {
        leaving.connection().free();
        return take(leaving.connection(), socket, due -> {});
    }

    private Client take(Connection place, FakeSocket socket, Consumer<Client> told) {
        place.open(socket, "client");
        Clients clients = new Clients(null, null, null, memory, null) {
            @Override
            void lookAgainSoon(Client client) {
                told.accept(client);
            }

            @Override
            void closeSoon(Client client, String reason) {
                throw new AssertionError("a client is closed: " + reason);
            }

            @Override
            void lostSoon(Client client, String reason) {
                throw new AssertionError("a client is lost: " + reason);
            }
        };
        Client client = new Client(place, "client", clients, memory);
        place.setClient(client);
        return client;
    }

    /** Reads nothing more from the client. */
    public void endInput(Client client) {
        client.endInput();
    }
}
