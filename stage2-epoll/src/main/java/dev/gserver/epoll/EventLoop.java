package dev.gserver.epoll;

import dev.gserver.Trace;
import dev.gserver.listen.ListeningSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The epoll loop: one thread waits for events on all sockets and sends each to its connection's handler.
 *
 * <p>Only the loop's thread touches the Selector, the keys and the connections' state, and only it closes connections;
 * what changes them checks that, unless it is marked "any thread". Until {@link #start} the thread that built the loop
 * counts as the loop's. Nobody interrupts it (select would spin, channels would close): a flag and a wakeup end it.
 */
public final class EventLoop implements CloseRequest, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(EventLoop.class.getName());

    private final Thread thread = new Thread(this::run, "event-loop");
    private final Selector selector;
    private final ConnectionPool pool;
    private final ClientWarnings warnings;
    private final List<ConnectionListener> listeners = new ArrayList<>(); // unchanged after start
    private final LoopTasks tasks;
    private final ByteBuffer thrownAway = ByteBuffer.allocateDirect(RequestReader.READ_BUFFER_BYTES);
    private final CountDownLatch drained = new CountDownLatch(1);
    private MessageSink sink; // unchanged after start
    private volatile Thread owner = Thread.currentThread();
    private volatile boolean stopped;
    private boolean draining;
    private volatile int clients; // written by its thread alone
    private volatile long clientsAccepted; // the same

    /**
     * Builds the loop and registers the listening sockets; gsx_epoll_init in the notes.
     *
     * @param connections size of the connection pool, more than there are listening sockets
     * @throws IOException if the Selector cannot be opened
     */
    public EventLoop(List<ListeningSocket> listeningSockets, int connections, ClientWarnings warnings)
            throws IOException {
        this.warnings = warnings;
        selector = Selector.open();
        tasks = new LoopTasks(selector::wakeup);
        Trace.step("gsx_epoll_init.1", "event loop", "selector opened");
        try {
            pool = new ConnectionPool(connections);
            Trace.step("gsx_epoll_init.2", "event loop", "connection pool of size", connections);
            AcceptHandler acceptHandler = new AcceptHandler(this, pool, new RequestReader(this, warnings), warnings);
            for (ListeningSocket socket : listeningSockets) {
                Trace.step("gsx_epoll_init.3", socket, "gets a connection from the pool");
                Connection connection = pool.get();
                Trace.step("gsx_epoll_init.3-1", socket, "idle connection taken: number", connection.index());
                connection.open(socket.channel(), socket.toString());
                connection.setReadHandler(acceptHandler);
                Trace.step("gsx_epoll_init.3-2", connection, "its read handler is gsx_event_accept");
                addEvent(connection, SelectionKey.OP_ACCEPT);
                Trace.step("gsx_epoll_init.3-3", connection, "read event added, level-triggered");
            }
        } catch (RuntimeException | Error e) {
            selector.close(); // else the ports registered with it would stay open
            throw e;
        }
    }

    /** Where complete messages go; before {@link #start}. */
    public void deliverTo(MessageSink newSink) {
        sink = newSink;
    }

    MessageSink sink() {
        return sink;
    }

    /**
     * Has {@code listener} told of every client that comes and goes; before {@link #start}. Layers that pass work on are
     * added in the order in which it passes through them: asked in that order, they cannot all seem idle while it does.
     */
    public void addListener(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** Starts the thread, which owns the loop from now on. */
    public void start() {
        owner = thread;
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                processEvents(tasks.millisToNextDelayed());
                runTasks();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the Selector failed", e);
        } finally {
            closeAll();
        }
    }

    /**
     * Waits once and handles every event that the wait returns; gsx_epoll_process_events in the notes.
     *
     * @param timer how long to wait at most, in milliseconds; 0: until something happens
     */
    void processEvents(long timer) throws IOException {
        int count = selector.select(timer);
        Trace.step("gsx_epoll_process_events.1", "event loop", "waited; events returned:", count);
        Set<SelectionKey> events = selector.selectedKeys();
        for (SelectionKey event : events) {
            Trace.step("gsx_epoll_process_events.2", event.attachment(), "has an event");
            dispatch((Connection) event.attachment(), event);
        }
        events.clear();
        sink.flush();
    }

    private void dispatch(Connection connection, SelectionKey event) {
        try {
            if (isStale(connection, event)) {
                return;
            }
            int ready = event.readyOps();
            if ((ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
                Trace.step("gsx_epoll_process_events.2-2", connection, "read event goes to its read handler");
                connection.readHandler().handle(connection);
            }
            if ((ready & SelectionKey.OP_WRITE) != 0 && !isStale(connection, event)) {
                Trace.step("gsx_epoll_process_events.2-3", connection, "write event goes to its write handler");
                connection.writeHandler().handle(connection);
            }
        } catch (IOException e) {
            close(connection, String.valueOf(e.getMessage())); // reset by the client, most likely
        } catch (RuntimeException e) {
            warnings.error(() -> connection + ": closed: its handler failed", e);
            close(connection, "its handler failed");
        }
    }

    /** An earlier event of the same wait may have closed this connection, and its place may have a new owner. */
    private static boolean isStale(Connection connection, SelectionKey event) {
        boolean stale = !event.isValid() || connection.key() != event;
        if (stale) {
            Trace.step("gsx_epoll_process_events.2-1", connection, "stale event left out");
        }
        return stale;
    }

    /** Adds an event to those waited for; gsx_epoll_oper_event in the notes. */
    public void addEvent(Connection connection, int event) {
        assertInLoopThread();
        SelectionKey key = connection.key();
        if (key != null) {
            key.interestOpsOr(event);
            return;
        }
        try {
            connection.setKey(connection.channel().register(selector, event, connection));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an event off those waited for; gsx_epoll_oper_event in the notes. */
    public void removeEvent(Connection connection, int event) {
        assertInLoopThread();
        connection.key().interestOpsAnd(~event);
    }

    void opened(Connection connection) {
        clientsAccepted++;
        clients++;
        listeners.forEach(listener -> listener.opened(connection));
        LOGGER.log(Level.DEBUG, () -> connection + ": opened");
    }

    /** Reads nothing more from {@code connection}; it is closed when all that it received is dealt with. */
    void endInput(Connection connection, String reason) {
        assertInLoopThread();
        if (connection.inputEnded()) {
            return;
        }
        LOGGER.log(Level.DEBUG, () -> connection + ": input ended: " + reason);
        connection.endInput();
        removeEvent(connection, SelectionKey.OP_READ);
        closeIfDone(connection);
    }

    private void closeIfDone(Connection connection) {
        if (connection.inputEnded()
                && !LingeringClose.hasBegun(connection)
                && listeners.stream().noneMatch(listener -> listener.busy(connection))) {
            new LingeringClose(this, thrownAway).begin(connection);
        }
    }

    void close(Connection connection, String reason) {
        assertInLoopThread();
        if (!connection.isOpen()) {
            return; // its handler closed it and then failed
        }
        LOGGER.log(Level.DEBUG, () -> connection + ": closed: " + reason);
        try {
            connection.channel().close(); // cancels the key too; the next select frees the descriptor
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> connection + ": close failed: " + e.getMessage());
        }
        boolean listening = connection.isListening();
        pool.free(connection);
        if (!listening) {
            clients--;
            listeners.forEach(listener -> listener.closed(connection));
            checkDrained();
        }
    }

    /** Any thread: tells that a layer has nothing left to do for {@code connection}, unless that is stale. */
    public void workDone(Connection connection, long sequence) {
        if (connection.inputEnded()) {
            executeFor(connection, sequence, () -> closeIfDone(connection));
        }
    }

    /** Any thread. */
    @Override
    public void requestClose(Connection connection, long sequence, String reason) {
        executeFor(connection, sequence, () -> close(connection, reason));
    }

    /** Any thread: has the loop's thread run {@code task} soon, unless {@code sequence} is stale by then. */
    public void executeFor(Connection connection, long sequence, Runnable task) {
        execute(() -> {
            if (!connection.isStale(sequence)) {
                task.run();
            }
        });
    }

    /** Any thread: has the loop's thread run {@code task} soon, after the tasks given before it. */
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Has {@code task} run when {@code delay} is over. */
    public void executeAfter(Duration delay, Runnable task) {
        assertInLoopThread();
        tasks.addDelayed(delay, task);
    }

    void runTasks() {
        tasks.run();
    }

    /**
     * Any thread but the loop's: lets no more clients in, reads nothing more, and closes each connection when all that
     * it received is dealt with. Returns when the last is closed or {@code grace} is over.
     */
    public void drain(Duration grace) {
        execute(this::startDraining);
        try {
            drained.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startDraining() {
        draining = true;
        for (Connection connection : openConnections()) {
            if (connection.isListening()) {
                close(connection, "no more clients");
            } else {
                endInput(connection, "the server is stopping");
            }
        }
        checkDrained();
    }

    private void checkDrained() {
        if (draining && clients == 0) {
            drained.countDown();
        }
    }

    /** How many clients are connected. Any thread. */
    public int clients() {
        return clients;
    }

    /** How many clients were let in, ever. Any thread. */
    public long clientsAccepted() {
        return clientsAccepted;
    }

    /** Size of the connection pool. Any thread. */
    public int poolSize() {
        return pool.size();
    }

    /** How many more clients the pool has room for. Any thread. */
    public int idlePlaces() {
        return pool.idleCount();
    }

    private List<Connection> openConnections() {
        return selector.keys().stream()
                .map(key -> (Connection) key.attachment())
                .filter(Connection::isOpen)
                .distinct()
                .toList();
    }

    /** Any thread but the loop's: closes every connection and ends the thread. */
    @Override
    public void close() {
        stopped = true;
        if (owner != thread) {
            closeAll();
            return;
        }
        selector.wakeup(); // after the flag: a loop woken before would wait again
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        openConnections().forEach(connection -> close(connection, "the server has stopped"));
        try {
            selector.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the Selector could not be closed: " + e.getMessage());
        }
    }

    private void assertInLoopThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("only thread " + owner.getName() + " may do this, not "
                    + Thread.currentThread().getName());
        }
    }
}
