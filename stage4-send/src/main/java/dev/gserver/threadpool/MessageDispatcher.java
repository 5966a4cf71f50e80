package dev.gserver.threadpool;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Message;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Checks a message and calls the handler that its code selects; threadRecvProcFunc in the notes. Handlers are
 * registered before the workers start, and not changed after that.
 */
public final class MessageDispatcher {
    private record Entry(int bodyLength, MessageHandler handler) {}

    private Entry[] handlers = {}; // by code; statusHandler
    private final ClientWarnings warnings;

    /** A dispatcher without handlers, which tells {@code warnings} what it drops. */
    public MessageDispatcher(ClientWarnings warnings) {
        this.warnings = warnings;
    }

    /** Has messages of {@code code} with a body of exactly {@code bodyLength} bytes handled by {@code handler}. */
    public void register(int code, int bodyLength, MessageHandler handler) {
        handlers = Arrays.copyOf(handlers, Math.max(handlers.length, code + 1));
        handlers[code] = new Entry(bodyLength, handler);
    }

    /** Has one message handled, its answers go to {@code answers}; whatever the handler throws is logged and ends here. */
    void dispatch(Message message, AnswerSink answers) {
        if (message.client().hasLeft()) {
            return;
        }
        int code = message.code();
        Trace.step("threadRecvProcFunc.1", message, "its code is", code);
        Entry entry = code < handlers.length ? handlers[code] : null;
        if (entry == null) {
            drop(message, () -> "is unknown");
            return;
        }
        if (message.body().length != entry.bodyLength()) {
            drop(message, () -> "has a body of " + message.body().length + " bytes, expected " + entry.bodyLength());
            return;
        }
        int crc32 = Message.crc32Of(message.body());
        if (crc32 != message.crc32()) {
            drop(message, () -> String.format(Locale.ROOT, "has CRC-32 %08x, expected %08x", message.crc32(), crc32));
            return;
        }
        call(entry.handler(), message, answers);
    }

    private void call(MessageHandler handler, Message message, AnswerSink answers) {
        Trace.step("threadRecvProcFunc.2", message, "its handler is called");
        try {
            handler.handle(message, answers);
        } catch (Throwable e) { // the worker lives on, whatever a handler does
            warnings.error(() -> "the handler of code " + message.code() + " failed", e);
        }
    }

    private void drop(Message message, Supplier<String> reason) {
        warnings.warn(() -> message.client().peer() + ": packet dropped: code " + message.code() + " " + reason.get());
    }
}
