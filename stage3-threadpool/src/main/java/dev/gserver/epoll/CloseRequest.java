package dev.gserver.epoll;

/** How a thread other than the event loop's has a connection closed. */
@FunctionalInterface
public interface CloseRequest {
    /** Has {@code connection} closed soon, unless {@code sequence} is stale by then. Any thread; does not wait. */
    void requestClose(Connection connection, long sequence, String reason);
}
