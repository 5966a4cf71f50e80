package dev.gserver.epoll;

import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets clients in: the listening sockets' read handler, gsx_event_accept in the notes. Event loop's thread.
 *
 * <p>The notes let in one client at each event. Beside clients that push, a wait is long, and the 500th client at the port
 * would be let in by the 500th wait.
 */
final class AcceptHandler implements EventHandler {
    static final long PAUSE_MILLIS = 500;
    private static final int CLIENTS_AN_EVENT = 64;
    private static final long EPISODE_MILLIS = 10_000;

    private final EventLoop eventLoop;
    private final Clients clients;
    private final ClientWarnings warnings;
    private final List<Connection> paused = new ArrayList<>(); // ports that are not looked at for now
    private long leftBefore; // how many clients had left before this wait
    private long failedNanos = System.nanoTime() - EPISODE_MILLIS * 1_000_000; // when the last of them failed

    AcceptHandler(EventLoop eventLoop, Clients clients, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.clients = clients;
        this.warnings = warnings;
    }

    /** Lets in the clients that wait, 64 at most; those that are in have their turn before the next 64. */
    @Override
    public void handle(Connection listening) {
        ServerSocketChannel port = (ServerSocketChannel) listening.channel();
        int accepts = 0;
        try {
            SocketChannel channel;
            while (accepts++ < CLIENTS_AN_EVENT && (channel = port.accept()) != null) {
                Trace.step("gsx_event_accept.1", listening, "a client's socket accepted");
                clients.letIn(channel);
            }
        } catch (IOException e) {
            if (accepts == 1) { // a later one may fail though nobody waits: it takes a descriptor before it looks
                pause(listening, e);
            }
        }
    }

    /** Out of descriptors, most likely: the port stays readable, so only looking away for a while avoids a spin. */
    private void pause(Connection listening, IOException reason) {
        if (millisSinceFailure() >= EPISODE_MILLIS) { // one warning for all that fail together
            warnings.warn(() -> listening + ": accept failed: " + reason.getMessage()
                    + "; trying again when a client leaves, or after " + PAUSE_MILLIS + " ms");
        }
        failedNanos = System.nanoTime();
        eventLoop.removeEvent(listening, SelectionKey.OP_ACCEPT);
        paused.add(listening);
    }

    /** How long the loop may wait before {@link #tryAgain}, in milliseconds; MAX_VALUE if no port is paused. */
    long millisToNextTry() {
        return paused.isEmpty() ? Long.MAX_VALUE : Math.max(1, PAUSE_MILLIS - millisSinceFailure());
    }

    /** Looks at the paused ports again if a client has left, whose descriptor is free then, or the time is up. */
    void tryAgain() {
        if (!paused.isEmpty() && (clients.left() != leftBefore || millisSinceFailure() >= PAUSE_MILLIS)) {
            paused.stream()
                    .filter(port -> port.readHandler() == this) // it may have been closed meanwhile
                    .forEach(port -> eventLoop.addEvent(port, SelectionKey.OP_ACCEPT));
            paused.clear();
        }
        leftBefore = clients.left();
    }

    private long millisSinceFailure() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failedNanos);
    }
}
