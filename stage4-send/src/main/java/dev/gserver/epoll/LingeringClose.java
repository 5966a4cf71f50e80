package dev.gserver.epoll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Closes a connection without losing what was sent on it; nginx calls it lingering close, the notes do without. Belongs
 * to the event loop's thread.
 *
 * <p>If a socket is closed while bytes of its client are unread, the kernel resets the connection and throws away what it
 * has not sent yet. So only our side is ended at first. What the client still sends is read and thrown away, until it
 * ends its side too or the time is up.
 */
final class LingeringClose implements EventHandler {
    static final Duration MOST = Duration.ofSeconds(2);

    private final EventLoop eventLoop;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RequestReader.READ_BUFFER_BYTES);

    LingeringClose(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    boolean hasBegun(Connection connection) {
        return connection.readHandler() == this;
    }

    /** Ends our side of {@code connection}, and closes it when its client has ended the other. */
    void begin(Connection connection) {
        long sequence = connection.sequence();
        connection.setReadHandler(this);
        try {
            ((SocketChannel) connection.channel()).shutdownOutput();
            handle(connection);
        } catch (IOException e) {
            eventLoop.close(connection, String.valueOf(e.getMessage()));
        }
        if (!connection.isStale(sequence)) {
            eventLoop.addEvent(connection, SelectionKey.OP_READ);
            eventLoop.executeAfter(MOST, () -> {
                if (!connection.isStale(sequence)) {
                    eventLoop.close(connection, "the client has not ended its side");
                }
            });
        }
    }

    @Override
    public void handle(Connection connection) throws IOException {
        if (connection.bytes().read(buffer.clear()) < 0) {
            eventLoop.close(connection, "all dealt with");
        }
    }
}
