package dev.gserver.epoll;

import dev.gserver.Trace;
import dev.gserver.listen.ListeningSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Lets clients in: the listening sockets' read handler, gsx_event_accept in the notes. One client an event; if more are
 * waiting the next wait reports the port again, and those already in get their turn between. Event loop's thread.
 */
final class AcceptHandler implements EventHandler {
    static final Duration PAUSE = Duration.ofMillis(500);

    private final EventLoop eventLoop;
    private final ConnectionPool pool;
    private final EventHandler readHandler;
    private final ClientWarnings warnings;
    private boolean failing; // and has said so

    AcceptHandler(EventLoop eventLoop, ConnectionPool pool, EventHandler readHandler, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.pool = pool;
        this.readHandler = readHandler;
        this.warnings = warnings;
    }

    @Override
    public void handle(Connection listening) {
        SocketChannel channel;
        try {
            channel = ((ServerSocketChannel) listening.channel()).accept();
        } catch (IOException e) {
            pause(listening, e);
            return;
        }
        failing = false;
        if (channel != null) { // null: the client gave up while it waited
            Trace.step("gsx_event_accept.1", listening, "a client's socket accepted");
            takeIn(channel);
        }
    }

    /** Out of descriptors, most likely: the port stays readable, so only looking away for a while avoids a spin. */
    private void pause(Connection listening, IOException reason) {
        if (!failing) {
            warnings.warn(() -> listening + ": accept failed: " + reason.getMessage() + "; trying again every "
                    + PAUSE.toMillis() + " ms");
        }
        failing = true;
        eventLoop.removeEvent(listening, SelectionKey.OP_ACCEPT);
        long sequence = listening.sequence();
        eventLoop.executeAfter(PAUSE, () -> {
            if (!listening.isStale(sequence)) {
                eventLoop.addEvent(listening, SelectionKey.OP_ACCEPT);
            }
        });
    }

    private void takeIn(SocketChannel channel) {
        try {
            String peer = ListeningSocket.format((InetSocketAddress) channel.getRemoteAddress());
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // off by default: an answer could wait 40 ms
            Connection connection = pool.get();
            if (connection == null) {
                warnings.warn(() -> peer + ": closed at once: all worker.connections are taken");
                channel.close();
                return;
            }
            connection.open(channel, peer);
            Trace.step("gsx_event_accept.2", connection, "bound to an idle connection, non-blocking");
            connection.setReadHandler(readHandler);
            Trace.step("gsx_event_accept.3", connection, "its read handler is gsx_wait_request_handler");
            eventLoop.addEvent(connection, SelectionKey.OP_READ);
            Trace.step("gsx_event_accept.4", connection, "read event added");
            eventLoop.opened(connection);
        } catch (IOException e) {
            closeQuietly(channel); // reset before it was let in
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
