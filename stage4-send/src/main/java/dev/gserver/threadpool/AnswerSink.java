package dev.gserver.threadpool;

import dev.gserver.epoll.Message;

/** Where answers go. Called by the workers, several at a time, those of one client in order. */
public interface AnswerSink {
    /** Takes over {@code answer}; does not wait until it is sent. */
    void send(Message answer);
}
