package dev.gserver.epoll;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import dev.gserver.listen.ListeningSocket;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The lives of clients. Each is let in and closed, once. Between the two its input ends; it is closed when all that it
 * has sent is dealt with.
 *
 * <p>Belongs to the event loop's thread, but for what is marked "any thread".
 */
public class Clients {
    private static final System.Logger LOGGER = System.getLogger(Clients.class.getName());

    private final EventLoop eventLoop;
    private final ConnectionPool pool;
    private final EventHandler readHandler;
    private final ClientWarnings warnings;
    private final List<Layer> layers = new ArrayList<>(); // unchanged after start
    private final CountDownLatch drained = new CountDownLatch(1);
    private long left; // how many have left, ever
    private boolean draining;
    private volatile int count; // written by the event loop's thread, read by any (race: count-not-volatile)
    private volatile long accepted; // the same (race: accepted-not-volatile)

    Clients(EventLoop eventLoop, ConnectionPool pool, EventHandler readHandler, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.pool = pool;
        this.readHandler = readHandler;
        this.warnings = warnings;
    }

    /** Has {@code layer} told of every client that comes and goes; before the loop is started. */
    public void addLayer(Layer layer) {
        layers.add(layer);
    }

    /** Gives the client of {@code channel} a place in the pool; if there is none it is closed at once. */
    void letIn(SocketChannel channel) {
        String peer =
                ListeningSocket.format((InetSocketAddress) channel.socket().getRemoteSocketAddress());
        Connection connection = pool.get();
        if (connection == null) {
            warnings.warn(() -> peer + ": closed at once: all worker.connections are taken");
            ConnectionPool.close(channel);
            return;
        }
        connection.open(channel, peer);
        Client client = new Client(connection, peer, this);
        connection.setClient(client);
        accepted++;
        count++;
        try {
            open(client, channel);
        } catch (Throwable e) { // what fails here ends this client alone
            if (!(e instanceof IOException)) { // which is a reset, most likely
                warnings.error(() -> client + ": could not be let in", e);
            }
            close(client, "could not be let in: " + e.getMessage());
        }
    }

    private void open(Client client, SocketChannel channel) throws IOException {
        Connection connection = client.connection();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // off by default: an answer could wait 40 ms
        Trace.step("gsx_event_accept.2", client, "bound to an idle connection, non-blocking");
        connection.setReadHandler(readHandler);
        Trace.step("gsx_event_accept.3", client, "its read handler is gsx_wait_request_handler");
        eventLoop.addEvent(connection, SelectionKey.OP_READ);
        Trace.step("gsx_event_accept.4", client, "read event added");
        LOGGER.log(Level.DEBUG, () -> client + ": opened");
        for (Layer layer : layers) {
            layer.opened(client);
            client.told++;
        }
    }

    /** Reads nothing from {@code client} for now, as it holds enough. */
    void pauseReading(Client client) {
        eventLoop.removeEvent(client.connection(), SelectionKey.OP_READ);
        client.await();
    }

    /** Reads nothing more from {@code client}; it is closed when all that it has sent is dealt with. */
    void endInput(Client client, String reason) {
        if (client.inputHasEnded()) {
            return;
        }
        LOGGER.log(Level.DEBUG, () -> client + ": input ended: " + reason);
        eventLoop.removeEvent(client.connection(), SelectionKey.OP_READ);
        forgetIncompletePacket(client);
        client.endInput();
    }

    private static void forgetIncompletePacket(Client client) {
        PacketAssembler assembler = client.connection().assembler();
        int bytes = assembler.heldBytes();
        assembler.clear();
        client.releaseRequests(bytes);
    }

    /** Any thread: the account of {@code client} has become low enough for what the loop waits for (race: task-trusted). */
    void lookAgainSoon(Client client) {
        eventLoop.execute(() -> lookAgain(client));
    }

    /** Reads from the client again, or closes it, if it is due; waits on if it is not. */
    private void lookAgain(Client client) {
        if (client.hasLeft()) {
            return;
        }
        if (!client.isDue()) { // any more
            client.await();
        } else if (client.inputHasEnded()) {
            close(client, "all dealt with");
        } else {
            eventLoop.addEvent(client.connection(), SelectionKey.OP_READ);
        }
    }

    /** Closes the client's channel, gives its place back, and counts that it has left; nothing happens if it had. */
    void close(Client client, String reason) {
        eventLoop.assertInLoopThread();
        if (client.hasLeft()) {
            return;
        }
        LOGGER.log(Level.DEBUG, () -> client + ": closed: " + reason);
        forgetIncompletePacket(client);
        pool.free(client.connection());
        left++;
        count--;
        layers.subList(0, client.told).forEach(layer -> tellClosed(layer, client));
        checkDrained();
    }

    private void tellClosed(Layer layer, Client client) {
        try {
            layer.closed(client);
        } catch (Throwable e) { // the other layers are told all the same
            warnings.error(() -> client + ": a layer failed when it left", e);
        }
    }

    /**
     * Any thread but the loop's: lets no more clients in, reads nothing more, and closes each client when all that it has
     * sent is dealt with. Returns when the last is closed or {@code grace} is over.
     */
    public void drain(Duration grace) {
        eventLoop.execute(this::startDraining);
        try {
            drained.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the ports, ends the input of every client, and looks whether all have left. */
    private void startDraining() {
        draining = true;
        eventLoop.closePorts();
        forEach(client -> endInput(client, "the server is stopping"));
        checkDrained();
    }

    private void checkDrained() {
        if (draining && count == 0) {
            drained.countDown();
        }
    }

    /** Closes every client that is in. */
    void closeAll() {
        forEach(client -> close(client, "the server has stopped"));
    }

    void forEach(Consumer<Client> action) {
        eventLoop.openConnections().stream()
                .filter(connection -> connection.client() != null)
                .forEach(connection -> action.accept(connection.client()));
    }

    /** How many have left, ever. */
    long left() {
        return left;
    }

    /** How many are connected. Any thread. */
    public int count() {
        return count;
    }

    /** How many were let in, ever. Any thread. */
    public long accepted() {
        return accepted;
    }
}
