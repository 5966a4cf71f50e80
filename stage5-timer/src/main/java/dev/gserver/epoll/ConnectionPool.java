package dev.gserver.epoll;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;

/**
 * A fixed number of connections, made once and used over and over. The one given back last is taken first, as it is the
 * one still in the processor's caches. Belongs to the event loop's thread.
 */
final class ConnectionPool {
    private static final System.Logger LOGGER = System.getLogger(ConnectionPool.class.getName());

    private final Deque<Connection> idle;

    /** A pool of {@code size} connections, 1 or more, all idle. */
    ConnectionPool(int size) {
        idle = new ArrayDeque<>(size);
        IntStream.range(0, size).mapToObj(Connection::new).forEach(idle::add);
    }

    /** Takes an idle connection, or returns null if there is none; gsx_get_connection in the notes. */
    Connection get() {
        return idle.poll();
    }

    /** Takes a connection back, once, and closes its channel. */
    void free(Connection connection) {
        close(connection.channel());
        connection.free();
        idle.push(connection);
    }

    /** Closes {@code channel}, which cancels its key too; the next select frees the descriptor. */
    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, () -> channel + ": close failed: " + e.getMessage());
        }
    }
}
