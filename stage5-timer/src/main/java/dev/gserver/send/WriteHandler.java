package dev.gserver.send;

import dev.gserver.Trace;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.EventHandler;
import dev.gserver.epoll.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** Goes on sending when a full socket has room again; gsx_write_request_handler in the notes. Event loop's thread. */
final class WriteHandler implements EventHandler {
    private final EventLoop eventLoop;
    private final SendQueue sendQueue;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SendThread.BUFFER_BYTES);

    WriteHandler(EventLoop eventLoop, SendQueue sendQueue) {
        this.eventLoop = eventLoop;
        this.sendQueue = sendQueue;
    }

    @Override
    public void handle(Connection connection) throws IOException {
        Outbox outbox = sendQueue.outbox(connection);
        Trace.step("gsx_write_request_handler.1", connection, "writable, sending directly");
        if (sendQueue.send(outbox, buffer) != Outbox.State.ALL_SENT) {
            Trace.step("gsx_write_request_handler.2", connection, "not all sent, the rest waits for the next event");
            return;
        }
        eventLoop.removeEvent(connection, SelectionKey.OP_WRITE); // left on, it would fire all the time
        Trace.step("gsx_write_request_handler.3", connection, "all sent, write event taken off");
        sendQueue.allSent(outbox);
    }
}
