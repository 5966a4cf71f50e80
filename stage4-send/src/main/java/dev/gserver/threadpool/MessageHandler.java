package dev.gserver.threadpool;

import dev.gserver.epoll.Message;

/** Handles the messages of one code. Called by several workers at once, but for one client one message at a time. */
public interface MessageHandler {
    /**
     * Handles {@code request}, whose body has the right length and CRC, and gives {@code answers} what is to be answered:
     * nothing, one packet or several. May block.
     */
    void handle(Message request, AnswerSink answers);
}
