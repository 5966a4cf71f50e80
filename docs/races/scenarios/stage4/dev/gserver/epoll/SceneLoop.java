package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import dev.gserver.races.FakeSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * An event loop whose turns are run by the scenario's thread "event-loop", and its client. It has the real tasks, and no
 * Selector, as Lincheck does not look inside one: a semaphore takes its place, which remembers a wakeup that comes before
 * the wait. The socket always has room, and as with epoll a write event is reported as long as it is asked for.
 */
public final class SceneLoop extends EventLoop {
    public final Memory memory;
    private final Semaphore woken = new Semaphore(0);
    private final LoopTasks tasks = new LoopTasks(woken::release);
    private Connection writeEvent; // whose write event is asked for
    private volatile boolean ended;

    public SceneLoop() throws IOException {
        this(new Memory(1_000_000, 1_000_000));
    }

    private SceneLoop(Memory memory) throws IOException {
        super(List.of(), 1, null, memory, null);
        this.memory = memory;
    }

    /** Runs the loop until {@link #end}, and {@code then} after each turn. */
    public void serve(Runnable then) throws IOException {
        while (!ended) {
            if (writeEvent == null) {
                woken.acquireUninterruptibly();
            }
            turn();
            then.run();
        }
    }

    /** One turn, without a wait; returns whether a write event is asked for after it. */
    public boolean turn() throws IOException {
        if (writeEvent != null) {
            writeEvent.writeHandler().handle(writeEvent);
        }
        tasks.run();
        return writeEvent != null;
    }

    /** Any thread. */
    public void end() {
        ended = true;
        woken.release();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void executeAfter(Duration delay, Runnable task) {
        tasks.addDelayed(delay, task);
    }

    @Override
    public void addEvent(Connection connection, int event) {
        assertInLoopThread();
        writeEvent = connection;
    }

    @Override
    public void removeEvent(Connection connection, int event) {
        assertInLoopThread();
        writeEvent = null;
    }

    @Override
    void assertInLoopThread() {
        String name = Thread.currentThread().getName();
        if (!name.equals("event-loop")) {
            throw new IllegalStateException("only thread event-loop may do this, not " + name);
        }
    }

    /** A client that no loop has. */
    public static Client clientAlone() {
        Connection place = new Connection(0);
        place.open(new FakeSocket(), "client");
        return new Client(place, "client", null, new Memory(1_000_000, 1_000_000));
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
