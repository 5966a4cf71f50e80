package dev.gserver.threadpool;

import dev.gserver.epoll.Message;
import java.util.Optional;

/** A heartbeat: the answer is the same packet; _HandlePing in the C++ course. Stateless. */
public final class PingHandler implements MessageHandler {
    /** The message code. */
    public static final int CODE = 0;

    /** Bytes of the body. */
    public static final int BODY_LENGTH = 0;

    @Override
    public Optional<Message> handle(Message request) {
        return Optional.of(request);
    }
}
