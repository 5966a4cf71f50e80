package dev.gserver.epoll;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A fixed number of connections, made once and used over and over. The one given back last is taken first, as it is the
 * one still in the processor's caches. Belongs to the event loop's thread.
 */
final class ConnectionPool {
    private final Deque<Connection> idle;

    /** A pool of {@code size} connections, 1 or more, all idle. */
    ConnectionPool(int size) {
        idle = new ArrayDeque<>(size);
        for (int index = 0; index < size; index++) {
            idle.add(new Connection(index));
        }
    }

    /** Takes an idle connection, or returns null if there is none; gsx_get_connection in the notes. */
    Connection get() {
        return idle.poll();
    }

    /** Takes a connection back, once. */
    void free(Connection connection) {
        connection.free();
        idle.push(connection);
    }

    int idleCount() {
        return idle.size();
    }
}
