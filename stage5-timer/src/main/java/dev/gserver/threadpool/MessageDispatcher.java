package dev.gserver.threadpool;

import dev.gserver.Trace;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks a message and calls the handler that its code selects; threadRecvProcFunc in the notes. Handlers are
 * registered before the workers start, and not changed after that.
 */
public final class MessageDispatcher {
    private record Entry(int bodyLength, MessageHandler handler) {}

    private final Map<Integer, Entry> handlers = new HashMap<>(); // statusHandler
    private final ClientWarnings warnings;

    /** A dispatcher without handlers, which tells {@code warnings} what it drops. */
    public MessageDispatcher(ClientWarnings warnings) {
        this.warnings = warnings;
    }

    /** Has messages of {@code code} with a body of exactly {@code bodyLength} bytes handled by {@code handler}. */
    public void register(int code, int bodyLength, MessageHandler handler) {
        handlers.put(code, new Entry(bodyLength, handler));
    }

    /** Handles one message and returns the answer, if any; whatever the handler throws is logged and ends here. */
    Optional<Message> dispatch(Message message) {
        if (message.isStale()) {
            return Optional.empty(); // its client has left
        }
        int code = message.code();
        Trace.step("threadRecvProcFunc.1", message, "its code is", code);
        Entry entry = handlers.get(code);
        if (entry == null) {
            return drop(message, () -> "code " + code + " is unknown");
        }
        if (message.body().length != entry.bodyLength()) {
            int length = message.body().length;
            return drop(
                    message,
                    () -> String.format(
                            "code %d has a body of %d bytes, expected %d", code, length, entry.bodyLength()));
        }
        int crc32 = Message.crc32Of(message.body());
        if (crc32 != message.crc32()) {
            return drop(
                    message,
                    () -> String.format("code %d has CRC-32 %08x, expected %08x", code, message.crc32(), crc32));
        }
        return call(entry.handler(), message);
    }

    private Optional<Message> call(MessageHandler handler, Message message) {
        Trace.step("threadRecvProcFunc.2", message, "its handler is called");
        try {
            return Objects.requireNonNull(handler.handle(message), "null instead of an Optional");
        } catch (Throwable e) { // the worker lives on, whatever a handler does
            warnings.error(() -> "the handler of code " + message.code() + " failed", e);
            return Optional.empty();
        }
    }

    private Optional<Message> drop(Message message, Supplier<String> reason) {
        warnings.warn(() -> message.peer() + ": packet dropped: " + reason.get());
        return Optional.empty();
    }
}
