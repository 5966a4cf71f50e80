package dev.gserver.epoll;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Threads;
import dev.gserver.common.Trace;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.memory.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The epoll loop: one thread waits for events on all sockets and sends each to its connection's handler.
 *
 * <p>Only the loop's thread touches the Selector, the keys and the connections' state; what changes them checks that,
 * unless it is marked "any thread". Until {@link #start} the thread that built the loop counts as the loop's. Nobody
 * interrupts it (select would spin, channels would close): {@link #close} ends it.
 */
@SuppressWarnings("this-escape") // open for tests, which override what it does; nothing else extends it
public class EventLoop implements AutoCloseable {
    private static final long STOP_MILLIS = 5_000;
    private static final int BYTES_A_WAIT = 1 << 20;
    private static final int LEAST_SHARE = 1024;

    private final Thread thread = new Thread(this::run, "event-loop");
    private final Selector selector;
    private final MessageSink sink;
    private final LoopTasks tasks;
    private final ConnectionPool pool;
    private final Clients clients;
    private final AcceptHandler acceptHandler;
    private final ClientWarnings warnings;
    private volatile Thread owner = Thread.currentThread(); // read by any that asks (race: owner-not-volatile)
    private boolean stopped;
    private int eventsOfThisWait = 1;

    /**
     * Builds the loop and registers the listening sockets; gsx_epoll_init in the notes.
     *
     * @param connections size of the connection pool, more than there are listening sockets
     * @param sink where complete messages go
     * @param memory what clients may make the server hold
     * @throws IOException if the Selector cannot be opened
     */
    public EventLoop(
            List<ListeningSocket> listeningSockets,
            int connections,
            MessageSink sink,
            Memory memory,
            ClientWarnings warnings)
            throws IOException {
        this.sink = sink;
        this.warnings = warnings;
        selector = Selector.open();
        try {
            tasks = new LoopTasks(this::wakeUp);
            Trace.step("gsx_epoll_init.1", "event loop", "selector opened");
            pool = new ConnectionPool(connections);
            Trace.step("gsx_epoll_init.2", "event loop", "connection pool of size", connections);
            clients = new Clients(this, pool, new RequestReader(this, sink, warnings), memory, warnings);
            acceptHandler = new AcceptHandler(this, clients, warnings);
            listeningSockets.forEach(this::addPort);
        } catch (RuntimeException | Error e) {
            selector.close(); // else the ports registered with it would stay open
            throw e;
        }
    }

    private void addPort(ListeningSocket socket) {
        Trace.step("gsx_epoll_init.3", socket, "gets a connection from the pool");
        Connection connection = pool.get();
        Trace.step("gsx_epoll_init.3-1", socket, "idle connection taken: number", connection.index());
        connection.open(socket.channel(), socket.toString());
        connection.setReadHandler(acceptHandler);
        Trace.step("gsx_epoll_init.3-2", connection, "its read handler is gsx_event_accept");
        addEvent(connection, SelectionKey.OP_ACCEPT);
        Trace.step("gsx_epoll_init.3-3", connection, "read event added, level-triggered");
    }

    /** Starts the thread, which owns the loop from then on. */
    public void start() {
        thread.start();
    }

    /** What the thread does: one wait after the other until it is told to end; then all is closed. */
    private void run() {
        owner = thread;
        try {
            while (!stopped) {
                processEvents(Math.min(acceptHandler.millisToNextTry(), tasks.millisToNextDelayed()));
                runTasks();
                acceptHandler.tryAgain();
                sink.flush(); // last: tasks may read too
                if (eventsOfThisWait > 1) {
                    Thread.yield(); // the other threads first: the next wait brings more at once, for fewer hand-overs
                }
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
     * @param timer how long to wait at most, in milliseconds, 1 or more
     */
    void processEvents(long timer) throws IOException {
        int count = selector.select(timer);
        Trace.step("gsx_epoll_process_events.1", "event loop", "waited; events returned:", count);
        eventsOfThisWait = Math.max(1, count);
        Set<SelectionKey> events = selector.selectedKeys();
        for (SelectionKey event : events) {
            Trace.step("gsx_epoll_process_events.2", event.attachment(), "has an event");
            dispatch((Connection) event.attachment(), event);
        }
        events.clear();
    }

    private void dispatch(Connection connection, SelectionKey event) {
        if (isStale(connection, event)) {
            return;
        }
        int ready = event.readyOps();
        if ((ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0) {
            Trace.step("gsx_epoll_process_events.2-2", connection, "read event goes to its read handler");
            call(connection.readHandler(), connection);
        }
        if ((ready & SelectionKey.OP_WRITE) != 0 && !isStale(connection, event)) {
            Trace.step("gsx_epoll_process_events.2-3", connection, "write event goes to its write handler");
            call(connection.writeHandler(), connection);
        }
    }

    /** Has {@code handler} handle an event; what fails closes the client of {@code connection}, and it alone. */
    void call(EventHandler handler, Connection connection) {
        try {
            handler.handle(connection);
        } catch (IOException e) {
            closeClient(connection, String.valueOf(e.getMessage())); // reset by the client, most likely
        } catch (RuntimeException e) {
            warnings.error(() -> connection + ": its handler failed", e);
            closeClient(connection, "its handler failed");
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

    /** Closes the client that has the place, if there is one. */
    private void closeClient(Connection connection, String reason) {
        if (connection.client() != null) { // a port stays open, and a client may be gone already
            clients.close(connection.client(), reason);
        }
    }

    /**
     * How many bytes one client may have read at an event, {@code most} at most: a wait reads so much in all that others
     * have their turn soon, however many clients push as fast as they can.
     */
    int shareOfThisWait(int most) {
        return Math.max(LEAST_SHARE, Math.min(most, BYTES_A_WAIT / eventsOfThisWait));
    }

    /** Outside a wait: {@code clients}, 1 or more, are going to share what a wait reads. */
    void shareAmong(int clients) {
        eventsOfThisWait = clients;
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

    boolean isReadFrom(Connection connection) {
        return (connection.key().interestOps() & SelectionKey.OP_READ) != 0;
    }

    /** Takes an event off those waited for; gsx_epoll_oper_event in the notes. */
    public void removeEvent(Connection connection, int event) {
        assertInLoopThread();
        connection.key().interestOpsAnd(~event);
    }

    /** Any thread: has the loop's thread run {@code task} soon, after the tasks given before it. */
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Has {@code task} run when {@code delay} is over. */
    public void executeAfter(Duration delay, Runnable task) {
        tasks.addDelayed(delay, task);
    }

    void runTasks() {
        tasks.run();
    }

    /** The clients that are in. Any thread. */
    public Clients clients() {
        return clients;
    }

    /** The connections that are open: those of the ports, and those of the clients. */
    List<Connection> openConnections() {
        return selector.keys().stream()
                .filter(key -> ((Connection) key.attachment()).key() == key)
                .map(key -> (Connection) key.attachment())
                .toList();
    }

    /** Any thread: ends the wait that is on, or else the next one. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Any thread but the loop's: closes every connection and ends the thread. */
    @Override
    public void close() {
        execute(() -> stopped = true);
        Threads.join(thread, STOP_MILLIS);
        if (!thread.isAlive() && selector.isOpen()) { // it never ran
            owner = Thread.currentThread();
            closeAll();
        }
    }

    /** Closes the clients, the ports, and at last the Selector. */
    private void closeAll() {
        try (selector) {
            clients.closeAll();
            closePorts();
        } catch (IOException e) {
            System.getLogger(EventLoop.class.getName())
                    .log(Level.WARNING, "the Selector could not be closed: " + e.getMessage());
        }
    }

    /** Gives the ports' places back, which closes them. */
    void closePorts() {
        openConnections().stream()
                .filter(connection -> connection.client() == null)
                .forEach(pool::free);
    }

    void assertInLoopThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("only thread " + owner.getName() + " may do this, not "
                    + Thread.currentThread().getName());
        }
    }
}
