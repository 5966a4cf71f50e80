package dev.gserver.epoll;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
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
    private final MessageSink sink;
    private final ClientWarnings warnings;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final List<Message> messages = new ArrayList<>(); // empty between two calls

    RequestReader(EventLoop eventLoop, MessageSink sink, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.sink = sink;
        this.warnings = warnings;
    }

    @Override
    public void handle(Connection connection) throws IOException {
        Client client = connection.client();
        int count = connection.bytes().read(buffer.clear().limit(eventLoop.shareOfThisWait(READ_BUFFER_BYTES)));
        if (count < 0) {
            eventLoop.clients().close(client, "the client has ended its side");
            return;
        }
        Trace.step("gsx_wait_request_handler.1", client, "bytes received:", count);
        buffer.flip();
        try {
            assemble(client, connection.assembler());
        } catch (MalformedPacketException e) {
            warnings.warn(() -> client.peer() + ": closed: " + e.getMessage());
            eventLoop.clients().close(client, "its framing is lost");
        }
    }

    private void assemble(Client client, PacketAssembler assembler) throws MalformedPacketException {
        try {
            Message message;
            while ((message = assembler.next(client, buffer)) != null) {
                Trace.step("gsx_wait_request_handler.2", client, "complete: packet of code", message.code());
                messages.add(message);
            }
        } finally { // what came before a bad header is good
            processPackets(client);
        }
    }

    /** Hands what one read brought to the layer above; gsx_wait_request_handler_proc_plast in the notes. */
    private void processPackets(Client client) {
        if (!messages.isEmpty()) {
            Trace.step("gsx_wait_request_handler_proc_plast.1", client, "messages handed on:", messages.size());
            try {
                sink.deliver(client, messages);
            } finally {
                messages.clear();
            }
        }
    }
}
