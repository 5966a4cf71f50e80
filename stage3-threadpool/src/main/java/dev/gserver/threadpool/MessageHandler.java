package dev.gserver.threadpool;

import dev.gserver.epoll.Message;
import java.util.Optional;

/** Handles the messages of one code. Called by several workers at once, but for one client one message at a time. */
@FunctionalInterface
public interface MessageHandler {
    /** Handles {@code request}, whose body has the right length and CRC, and returns the answer if there is one. May block. */
    Optional<Message> handle(Message request);
}
