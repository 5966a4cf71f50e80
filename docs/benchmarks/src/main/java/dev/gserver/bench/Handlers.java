package dev.gserver.bench;

import dev.gserver.epoll.Message;
import dev.gserver.handlers.LoginHandler;
import dev.gserver.handlers.PingHandler;
import dev.gserver.handlers.RegisterHandler;
import dev.gserver.threadpool.AnswerSink;
import dev.gserver.threadpool.MessageHandler;
import java.util.Map;

/** What the peers do with a packet: the checks and the handlers of the stages, so that only the servers differ. */
final class Handlers {
    private record Entry(int bodyLength, MessageHandler handler) {}

    private static final Map<Integer, Entry> BY_CODE = Map.of(
            PingHandler.CODE, new Entry(PingHandler.BODY_LENGTH, new PingHandler()),
            RegisterHandler.CODE, new Entry(RegisterHandler.BODY_LENGTH, new RegisterHandler()),
            LoginHandler.CODE, new Entry(LoginHandler.BODY_LENGTH, new LoginHandler()));

    private Handlers() {}

    /** Gives {@code answers} what a packet is answered. */
    static void handle(int code, int crc32, byte[] body, AnswerSink answers) {
        Entry entry = BY_CODE.get(code);
        if (entry != null && body.length == entry.bodyLength() && Message.crc32Of(body) == crc32) {
            entry.handler().handle(new Message(null, code, crc32, body), answers);
        }
    }
}
