package dev.gserver.handlers;

import dev.gserver.epoll.Message;
import dev.gserver.threadpool.AnswerSink;
import dev.gserver.threadpool.MessageHandler;

/** A heartbeat: the answer is the same packet; _HandlePing in the C++ course. Stateless. */
public final class PingHandler implements MessageHandler {
    /** The message code. */
    public static final int CODE = 0;

    /** Bytes of the body. */
    public static final int BODY_LENGTH = 0;

    @Override
    public void handle(Message request, AnswerSink answers) {
        answers.send(request);
    }
}
