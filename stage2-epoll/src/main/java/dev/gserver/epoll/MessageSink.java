package dev.gserver.epoll;

import java.util.List;

/** Where complete messages go. Called on the event loop's thread, so it must not block. */
public interface MessageSink {
    /**
     * Takes over what one read brought.
     *
     * @param messages all of {@code client}, in the order of arrival; the list is the caller's, its messages are not
     */
    void deliver(Client client, List<Message> messages);
}
