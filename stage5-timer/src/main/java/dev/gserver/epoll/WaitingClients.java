package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import dev.gserver.trace.ClientWarnings;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Clients that are not read from for now. Those for whom memory is short are looked at again every few milliseconds, the
 * one that waits longest first; those that hold enough of their own are told by their account. Once a second, as long as
 * there are any, it looks for those that stand still, and closes them. Belongs to the event loop's thread.
 */
final class WaitingClients {
    /** So long a client may wait for memory that is free, at most. */
    static final Duration ROUND = Duration.ofMillis(10);

    /** So many are looked at in a round. */
    private static final int MOST_A_ROUND = 1_000;

    static final Duration SWEEP = Duration.ofSeconds(1);

    /** A client that holds memory and makes no progress for so many sweeps is closed. */
    static final int MOST_QUIET_SWEEPS = 10;

    private final EventLoop eventLoop;
    private final Memory memory;
    private final ClientWarnings warnings;
    private final Queue<Client> forMemory = new ArrayDeque<>();
    private boolean roundAhead;
    private boolean sweepAhead;

    WaitingClients(EventLoop eventLoop, Memory memory, ClientWarnings warnings) {
        this.eventLoop = eventLoop;
        this.memory = memory;
        this.warnings = warnings;
    }

    /** Reads nothing from {@code client} until what it holds of its own is less. */
    void forItself(Client client) {
        stopReading(client);
        client.await();
    }

    /** Reads nothing from {@code client} until there is memory for what it has sent. */
    void forMemory(Client client) {
        stopReading(client);
        forMemory.add(client);
        if (!roundAhead) {
            roundAhead = true;
            eventLoop.executeAfter(ROUND, this::lookAgain);
        }
    }

    private void stopReading(Client client) {
        eventLoop.removeEvent(client.connection(), SelectionKey.OP_READ);
        if (!sweepAhead) {
            sweepAhead = true;
            eventLoop.executeAfter(SWEEP, this::sweep);
        }
    }

    /** Reads from each; the read handler decides whether it has to wait on. */
    private void lookAgain() {
        roundAhead = false;
        for (int i = Math.min(forMemory.size(), MOST_A_ROUND); i > 0; i--) {
            Client client = forMemory.remove();
            if (!client.hasLeft() && !client.inputHasEnded()) {
                Connection connection = client.connection();
                eventLoop.addEvent(connection, SelectionKey.OP_READ);
                eventLoop.call(connection.readHandler(), connection);
            }
        }
        if (!forMemory.isEmpty() && !roundAhead) {
            roundAhead = true;
            eventLoop.executeAfter(ROUND, this::lookAgain);
        }
    }

    private void sweep() {
        sweepAhead = false;
        eventLoop.clients().forEach(client -> {
            boolean waits = !client.inputHasEnded() && !eventLoop.isReadFrom(client.connection());
            if (waits && !sweepAhead) {
                sweepAhead = true;
                eventLoop.executeAfter(SWEEP, this::sweep);
            }
            if (client.countQuietLooks() >= MOST_QUIET_SWEEPS && canGiveBack(client) && (waits || memory.isShort())) {
                closeUnlessItMoves(client);
            }
        });
    }

    /** Whether it is up to the client to lower its account: it has answers to take, or the rest of a packet to send. */
    private static boolean canGiveBack(Client client) {
        return client.hasAnswers() || client.connection().assembler().heldBytes() > 0;
    }

    /** One try before the end: Linux reports a write event only when a third of the socket's buffer is free. */
    private void closeUnlessItMoves(Client client) {
        Connection connection = client.connection();
        eventLoop.call(connection.writeHandler(), connection);
        if (!client.hasLeft() && client.countQuietLooks() > 0) {
            String what = client.hasAnswers() ? "it takes no answer" : "its packet stays incomplete";
            long millis = SWEEP.multipliedBy(MOST_QUIET_SWEEPS).toMillis();
            warnings.warn(() -> client.peer() + ": closed: " + what + " for " + millis + " ms");
            eventLoop.clients().close(client, what);
        }
    }
}
