package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.memory.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * An event loop without a Selector, as the layers above see it: it keeps what they ask for. The thread that makes it plays
 * the loop's; the queues may be used by any.
 */
public final class FakeLoop implements AutoCloseable {
    private final Thread loopThread = Thread.currentThread();
    public final EventLoop eventLoop;
    private final Clients clients;
    public final Memory memory;

    /** What the loop's thread is to run. */
    public final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    /** What it is to run when some time has passed. */
    public final Queue<Runnable> delayed = new ConcurrentLinkedQueue<>();
    /** Connections with a write event. */
    public final Set<Connection> writeEvents = ConcurrentHashMap.newKeySet();
    /** Requests to close, as "peer: reason"; with a warning, and because the connection broke. */
    public final Queue<String> warned = new ConcurrentLinkedQueue<>();

    public final Queue<String> lost = new ConcurrentLinkedQueue<>();
    /** Clients that the loop has been told of, as they are due. */
    public final Queue<Client> due = new ConcurrentLinkedQueue<>();
    /** Clients that are not to be read from for now: as they hold enough, and as memory is short. */
    final Queue<Client> paused = new ConcurrentLinkedQueue<>();

    final Queue<Client> waiting = new ConcurrentLinkedQueue<>();
    /** Called by whoever tells the loop that a client is due. */
    public volatile Consumer<Client> whenDue = due::add;
    /** Called by whoever gives the loop a task. */
    public volatile Consumer<Runnable> whenTask = tasks::add;

    public FakeLoop() {
        this(new Memory(100_000_000, 10_000_000));
    }

    public FakeLoop(Memory memory) {
        this.memory = memory;
        clients = new NotingClients(memory);
        try {
            eventLoop = new NotingLoop(memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class NotingLoop extends EventLoop {
        NotingLoop(Memory memory) throws IOException {
            super(List.of(), 1, null, memory, null);
        }

        @Override
        public Clients clients() {
            return clients;
        }

        @Override
        int shareOfThisWait(int most) {
            return most;
        }

        @Override
        public void execute(Runnable task) {
            whenTask.accept(task);
        }

        @Override
        public void executeAfter(Duration delay, Runnable task) {
            delayed.add(task);
        }

        @Override
        public void addEvent(Connection connection, int event) {
            assertMayChange(event);
            writeEvents.add(connection);
        }

        @Override
        public void removeEvent(Connection connection, int event) {
            assertMayChange(event);
            writeEvents.remove(connection);
        }

        private void assertMayChange(int event) {
            assertThat(Thread.currentThread()).isSameAs(loopThread);
            assertThat(event).isEqualTo(SelectionKey.OP_WRITE);
        }
    }

    private final class NotingClients extends Clients {
        NotingClients(Memory memory) {
            super(null, null, null, memory, null);
        }

        @Override
        void pauseReading(Client client) {
            paused.add(client);
        }

        @Override
        void awaitMemory(Client client) {
            waiting.add(client);
        }

        @Override
        void closeSoon(Client client, String reason) {
            warned.add(client.peer() + ": " + reason);
        }

        @Override
        void lostSoon(Client client, String reason) {
            lost.add(client.peer() + ": " + reason);
        }

        @Override
        void lookAgainSoon(Client client) {
            whenDue.accept(client);
        }
    }

    /** A client called {@code peer} at place number {@code index}, which is written to through {@code channel}. */
    public Client client(int index, String peer, WritableByteChannel channel) {
        return take(new Connection(index), peer, channel);
    }

    /** The next client, at the place of one that leaves now. */
    public Client replace(Client leaving, String peer, WritableByteChannel channel) {
        Connection connection = leaving.connection();
        leave(leaving);
        return take(connection, peer, channel);
    }

    private Client take(Connection connection, String peer, WritableByteChannel channel) {
        connection.open(channel instanceof FakeChannel fake ? fake : new FakeChannel(channel), peer);
        Client client = new Client(connection, peer, clients, memory);
        connection.setClient(client);
        return client;
    }

    /** The client leaves; layers are not told. */
    public void leave(Client client) {
        writeEvents.remove(client.connection());
        client.connection().free();
    }

    /** The client ends its side; the loop waits until all that it has sent is dealt with. */
    public void endInput(Client client) {
        client.endInput();
    }

    /** The loop has stopped reading from the client, and waits until it may again. */
    public void await(Client client) {
        client.await();
    }

    public boolean isDue(Client client) {
        return client.isDue();
    }

    /** Runs the tasks that there are, and those that they bring. */
    public void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** The kernel reports that the client's socket can be written to, if the loop waits for that. */
    public void writable(Client client) {
        if (writeEvents.contains(client.connection())) {
            try {
                client.connection().writeHandler().handle(client.connection());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        eventLoop.close();
    }
}
