package dev.gserver.epoll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Closes a connection without losing what was sent on it; nginx calls it lingering close, the notes do without. One for
 * each connection that is being closed. Belongs to the event loop's thread.
 *
 * <p>If a socket is closed while bytes of its client are unread, the kernel resets the connection and throws away what it
 * has not sent yet. So only our side is ended at first. What the client still sends is read and thrown away, until it
 * ends its side too, or is silent, or the time is up.
 */
final class LingeringClose implements EventHandler {
    /** A client that sends nothing for so long is taken to send no more: a byte after the close would be answered by a reset. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** A client that goes on sending is closed in the end. */
    static final Duration MOST = Duration.ofSeconds(30);

    private final EventLoop eventLoop;
    private final ByteBuffer buffer;
    private boolean heard; // from the client, since the last look

    /** A close that throws away what it reads into {@code buffer}, which others may use too. */
    LingeringClose(EventLoop eventLoop, ByteBuffer buffer) {
        this.eventLoop = eventLoop;
        this.buffer = buffer;
    }

    /** Ends our side of the connection of {@code client}, and closes it when its client has ended the other. */
    void begin(Client client) {
        Connection connection = client.connection();
        connection.setReadHandler(this);
        try {
            ((SocketChannel) connection.channel()).shutdownOutput();
            handle(connection);
        } catch (IOException e) {
            eventLoop.clients().close(client, String.valueOf(e.getMessage()));
        }
        if (!client.hasLeft()) {
            eventLoop.addEvent(connection, SelectionKey.OP_READ);
            lookAgain(client, MOST);
        }
    }

    /** Looks at the client after a silence, and closes it if nothing came meanwhile or {@code left} is over. */
    private void lookAgain(Client client, Duration left) {
        heard = false;
        eventLoop.executeAfter(SILENCE, () -> {
            if (client.hasLeft()) {
                return;
            }
            if (heard && left.compareTo(SILENCE) > 0) {
                lookAgain(client, left.minus(SILENCE));
            } else {
                eventLoop.clients().close(client, "the client has not ended its side");
            }
        });
    }

    @Override
    public void handle(Connection connection) throws IOException {
        heard = true;
        if (connection.bytes().read(buffer.clear()) < 0) {
            eventLoop.clients().close(connection.client(), "all dealt with");
        }
    }
}
