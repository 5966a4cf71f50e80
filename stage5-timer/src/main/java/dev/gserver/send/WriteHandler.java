package dev.gserver.send;

import dev.gserver.common.Trace;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.EventHandler;
import dev.gserver.epoll.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;

/**
 * Goes on sending when a full socket has room again; gsx_write_request_handler in the notes. Event loop's thread (races:
 * write-until-full, stuck-left-on).
 */
final class WriteHandler implements EventHandler {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventLoop eventLoop;
    private final SendQueue sendQueue;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SendThread.BUFFER_BYTES);

    WriteHandler(EventLoop eventLoop, SendQueue sendQueue) {
        this.eventLoop = eventLoop;
        this.sendQueue = sendQueue;
    }

    @Override
    public void handle(Connection connection) throws IOException {
        Outbox outbox = sendQueue.outbox(connection.client());
        if (!outbox.isWaitingForWriteEvent()) { // then the channel is the send thread's
            eventLoop.removeEvent(connection, SelectionKey.OP_WRITE);
            return;
        }
        Trace.step("gsx_write_request_handler.1", connection, "writable, sending directly");
        switch (outbox.send(buffer)) {
            case ALL_SENT -> {
                // Left on, it would fire all the time. The send thread may find the socket full again as soon as all is
                // sent: then the task that adds the event runs after this, never before (race:
                // interest-by-another-thread).
                eventLoop.removeEvent(connection, SelectionKey.OP_WRITE);
                Trace.step("gsx_write_request_handler.3", connection, "all sent, write event taken off");
            }
            case STUCK -> { // reported writable all the same: the kernel is short of memory, and the event would spin
                eventLoop.removeEvent(connection, SelectionKey.OP_WRITE);
                eventLoop.executeAfter(PAUSE, () -> sendQueue.awaitWriteEvent(outbox));
            }
            default ->
                Trace.step(
                        "gsx_write_request_handler.2", connection, "not all sent, the rest waits for the next event");
        }
    }
}
