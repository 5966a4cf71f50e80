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

/**
 * The lives of clients. Each is let in and closed, once.
 *
 * <p>Belongs to the event loop's thread, but for what is marked "any thread".
 */
public class Clients {
    private static final System.Logger LOGGER = System.getLogger(Clients.class.getName());

    private final EventLoop eventLoop;
    private final ConnectionPool pool;
    private final EventHandler readHandler;
    private final ClientWarnings warnings;
    private long left; // how many have left, ever

    Clients(EventLoop eventLoop, ConnectionPool pool, EventHandler readHandler, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.pool = pool;
        this.readHandler = readHandler;
        this.warnings = warnings;
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
        Client client = new Client(connection, peer);
        connection.setClient(client);
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
    }

    /** Closes the client's channel, gives its place back, and counts that it has left; nothing happens if it had. */
    void close(Client client, String reason) {
        eventLoop.assertInLoopThread();
        if (client.hasLeft()) {
            return;
        }
        LOGGER.log(Level.DEBUG, () -> client + ": closed: " + reason);
        pool.free(client.connection());
        left++;
    }

    /** Closes every client that is in. */
    void closeAll() {
        eventLoop.openConnections().stream()
                .filter(connection -> connection.client() != null)
                .forEach(connection -> close(connection.client(), "the server has stopped"));
    }

    /** How many have left, ever. */
    long left() {
        return left;
    }
}
