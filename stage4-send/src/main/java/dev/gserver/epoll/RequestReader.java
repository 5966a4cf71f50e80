package dev.gserver.epoll;

import dev.gserver.Trace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Receives messages: every client's read handler, gsx_wait_request_handler in the notes. Belongs to the event loop's
 * thread.
 *
 * <p>One read an event, through one buffer that all connections share: a burst of small packets costs one system call,
 * and an idle connection holds no buffer. Direct, because a heap buffer would make the JDK copy through one anyway.
 */
final class RequestReader implements EventHandler {
    static final int READ_BUFFER_BYTES = 64 * 1024;

    private final EventLoop eventLoop;
    private final ClientWarnings warnings;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final List<Message> messages = new ArrayList<>(); // empty between two calls

    RequestReader(EventLoop eventLoop, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.warnings = warnings;
    }

    @Override
    public void handle(Connection connection) throws IOException {
        int count = connection.bytes().read(buffer.clear());
        if (count < 0) {
            eventLoop.endInput(connection, "the client has ended its side");
            return;
        }
        Trace.step("gsx_wait_request_handler.1", connection, "bytes received:", count);
        buffer.flip();
        try {
            assemble(connection);
        } catch (MalformedPacketException e) {
            String peer = connection.peer(connection.sequence());
            warnings.warn(() -> peer + ": closed: " + e.getMessage());
            eventLoop.endInput(connection, "its framing is lost"); // what came before the bad header is still answered
        }
    }

    private void assemble(Connection connection) throws MalformedPacketException {
        try {
            Message message;
            while ((message = connection.assembler().next(connection, buffer)) != null) {
                Trace.step("gsx_wait_request_handler.2", connection, "complete: packet of code", message.code());
                messages.add(message);
            }
        } finally {
            processPackets(connection);
        }
    }

    /** Hands what one read brought to the layer above; gsx_wait_request_handler_proc_plast in the notes. */
    private void processPackets(Connection connection) {
        if (!messages.isEmpty()) {
            Trace.step("gsx_wait_request_handler_proc_plast.1", connection, "messages handed on:", messages.size());
            try {
                eventLoop.sink().deliver(connection, messages);
            } finally {
                messages.clear();
            }
        }
    }
}
