package dev.gserver.epoll;

import dev.gserver.memory.Memory;
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
    /** Time between two rounds. */
    static final Duration ROUND = Duration.ofMillis(10);

    /** So many are looked at in a round: with thousands that wait, looking must not be all that the loop does. */
    private static final int MOST_A_ROUND = 100;

    static final Duration SWEEP = Duration.ofSeconds(1);

    /** A client that holds memory and makes no progress for so long is closed. */
    static final Duration STILL = Duration.ofSeconds(10);

    private final EventLoop eventLoop;
    private final Memory memory;
    private final Queue<Client> forMemory = new ArrayDeque<>();
    private boolean roundAhead;
    private boolean sweepAhead;

    WaitingClients(EventLoop eventLoop, Memory memory) {
        this.eventLoop = eventLoop;
        this.memory = memory;
    }

    /** Has {@code client} read from again when there may be memory for what it has sent. */
    void add(Client client) {
        forMemory.add(client);
        startRound();
    }

    private void startRound() {
        if (!roundAhead && !forMemory.isEmpty()) {
            roundAhead = true;
            eventLoop.executeAfter(ROUND, this::lookAgain);
        }
    }

    /** Looks for clients that stand still, as long as there is one that is not read from. */
    void startSweeping() {
        if (!sweepAhead) {
            sweepAhead = true;
            eventLoop.executeAfter(SWEEP, this::sweep);
        }
    }

    /** Reads from each; the read handler decides whether it has to wait on. */
    private void lookAgain() {
        roundAhead = false;
        int some = Math.min(forMemory.size(), MOST_A_ROUND);
        eventLoop.shareAmong(some);
        for (int i = some; i > 0; i--) {
            Client client = forMemory.remove();
            if (!client.hasLeft() && !client.inputHasEnded()) {
                eventLoop.addEvent(client.connection(), SelectionKey.OP_READ);
                eventLoop.call(client.connection().readHandler(), client.connection());
            }
        }
        startRound();
    }

    private void sweep() {
        sweepAhead = false;
        eventLoop.clients().forEach(client -> {
            boolean waits = !client.inputHasEnded() && !eventLoop.isReadFrom(client.connection());
            if (waits) {
                startSweeping();
            }
            if (client.countQuietLooks() >= STILL.dividedBy(SWEEP) && (waits || memory.isShort())) {
                closeUnlessItMoves(client);
            }
        });
    }

    /** One try before the end: Linux reports a write event only when a third of the socket's buffer is free. */
    private void closeUnlessItMoves(Client client) {
        Connection connection = client.connection();
        eventLoop.call(connection.writeHandler(), connection);
        if (!client.hasLeft() && client.countQuietLooks() > 0) {
            String what = client.hasAnswers() ? "it takes no answer" : "its packet stays incomplete";
            eventLoop.clients().warnAndClose(client, what + " for " + STILL.toMillis() + " ms");
        }
    }
}
