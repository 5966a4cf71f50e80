package dev.gserver.epoll;

import java.io.IOException;

/** What a connection does on an event; the notes' rhandler and whandler. Called on the event loop's thread. */
public interface EventHandler {
    /**
     * Handles one event. Level-triggered: what it leaves undone is reported again by the next wait.
     *
     * @throws IOException if the connection broke; the event loop closes it
     */
    void handle(Connection connection) throws IOException;
}
