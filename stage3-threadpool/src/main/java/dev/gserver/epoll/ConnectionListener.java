package dev.gserver.epoll;

/** A layer that keeps something for each connection. Everything is called on the event loop's thread. */
public interface ConnectionListener {
    /** {@code connection} was accepted; it is that of a new client, whoever had its place in the pool before. */
    default void opened(Connection connection) {}

    /** {@code connection} is closed, and its sequence number gone; its place in the pool is free already. */
    default void closed(Connection connection) {}

    /**
     * Whether this layer still works on something that {@code connection} received. A connection whose input has ended
     * is closed when no layer does; a layer that falls idle says so with {@link EventLoop#workDone}.
     */
    default boolean busy(Connection connection) {
        return false;
    }
}
