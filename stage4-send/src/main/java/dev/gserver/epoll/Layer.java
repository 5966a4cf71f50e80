package dev.gserver.epoll;

/**
 * A layer above, which keeps something for each client. Called on the event loop's thread, so it must not block.
 *
 * <p>Whoever was told that a client has come is told that it has left, once, and nobody else; also if another layer
 * fails. A layer whose {@code opened} fails must have kept nothing.
 */
public interface Layer {
    /** {@code client} was let in; what fails here closes it. */
    void opened(Client client);

    /** {@code client} has left: its channel is closed. What is still kept of it, and on its account, is to be given back. */
    void closed(Client client);
}
