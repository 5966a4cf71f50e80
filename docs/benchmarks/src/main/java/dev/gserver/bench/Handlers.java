package dev.gserver.bench;

import dev.gserver.epoll.Message;
import dev.gserver.threadpool.LoginHandler;
import dev.gserver.threadpool.MessageHandler;
import dev.gserver.threadpool.PingHandler;
import dev.gserver.threadpool.RegisterHandler;
import java.util.Map;
import java.util.Optional;

/** What the peers do with a packet: the checks and the handlers of the stages, so that only the servers differ. */
final class Handlers {
    private record Entry(int bodyLength, MessageHandler handler) {}

    private static final Map<Integer, Entry> BY_CODE = Map.of(
            PingHandler.CODE, new Entry(PingHandler.BODY_LENGTH, new PingHandler()),
            RegisterHandler.CODE, new Entry(RegisterHandler.BODY_LENGTH, new RegisterHandler()),
            LoginHandler.CODE, new Entry(LoginHandler.BODY_LENGTH, new LoginHandler()));

    private Handlers() {}

    /** The answer to a packet, if it gets one. */
    static Optional<Message> handle(int code, int crc32, byte[] body) {
        Entry entry = BY_CODE.get(code);
        if (entry == null || body.length != entry.bodyLength() || Message.crc32Of(body) != crc32) {
            return Optional.empty();
        }
        return entry.handler().handle(new Message(null, 0, code, crc32, body));
    }
}
