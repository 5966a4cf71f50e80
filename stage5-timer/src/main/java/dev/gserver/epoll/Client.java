package dev.gserver.epoll;

import dev.gserver.memory.Memory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One client: the place in the connection pool that it has, and the sequence number that the place had when it was let
 * in; what the C++ course puts in front of every message (pConn and iCurrsequence). Places are used again, so whatever
 * waits in a queue travels with its client, and asks {@link #hasLeft} before it acts. Any thread (races:
 * number-only-when-taken, number-goes-back).
 *
 * <p>With it goes its account: how many bytes of memory it makes the server hold now. It is raised before something is
 * taken in, and lowered when that is done with. Whoever lowers it has nothing else to do: if the event loop waits for
 * that, because it has stopped reading or because the input has ended, it is told. The monitor guards the account; any
 * thread may read its numbers (races: lowered-outside-the-monitor, told-twice, requests-not-volatile).
 */
public final class Client {
    /** With more than this many bytes of requests it is not read from; from half of it on it is again. */
    static final int MOST_REQUEST_BYTES = 256 * 1024;

    private final Connection connection;
    private final long sequence;
    private final String peer;
    private final Clients clients;
    private final Memory memory;
    int told; // how many layers know of it; belongs to the event loop's thread
    private volatile int requestBytes; // a body in the making, messages that wait or are in a worker's hand
    private final AtomicInteger answerBytes = new AtomicInteger(); // packets that wait to be sent
    private int counted; // bytes that the memory counts as this client's; of answers it hears once a batch
    private boolean moved; // something was dealt with since the last look
    private int quietLooks;
    private boolean inputEnded;
    private boolean awaited; // the event loop wants to be told when it is due

    /** The client that {@code connection} has from now on; {@code peer} is its address, for log lines. */
    Client(Connection connection, String peer, Clients clients, Memory memory) {
        this.connection = connection;
        this.sequence = connection.sequence();
        this.peer = peer;
        this.clients = clients;
        this.memory = memory;
    }

    /** Whether it is gone; its place may have a new owner. Once true it stays true. */
    public boolean hasLeft() {
        return connection.sequence() != sequence;
    }

    /** The place in the pool that it has, or had. */
    public Connection connection() {
        return connection;
    }

    /** Its address, also when it has left. */
    public String peer() {
        return peer;
    }

    /** Puts {@code bytes} of requests on the account. */
    public void holdRequests(int bytes) {
        memory.add(bytes);
        synchronized (this) {
            requestBytes += bytes;
            counted += bytes;
        }
    }

    /** Takes {@code bytes} of requests off the account: they are handled, and their answers are on it, or thrown away. */
    public void releaseRequests(int bytes) {
        release(bytes, 0);
    }

    /**
     * Puts {@code bytes} of answers on the account; without the monitor, as answers are many (races: answers-not-asked-for,
     * released-before-answered, answers-in-two-steps).
     */
    public void holdAnswers(int bytes) {
        answerBytes.addAndGet(bytes);
    }

    /** Takes {@code bytes} of answers off the account: they are in the socket, or thrown away. */
    public void releaseAnswers(int bytes) {
        release(0, bytes);
    }

    /**
     * Takes bytes off both numbers, tells the memory what is different from what it counts, and has the loop look again if
     * it waits for that (race: counted-outside-the-monitor).
     */
    private void release(int requests, int answers) {
        int change;
        boolean tell;
        synchronized (this) {
            requestBytes -= requests;
            change = requestBytes + answerBytes.addAndGet(-answers) - counted;
            counted += change;
            moved |= requests + answers > 0;
            tell = stopWaitingIfDue();
        }
        memory.add(change);
        if (tell) {
            clients.lookAgainSoon(this);
        }
    }

    /** Has the event loop close it soon, with a warning that says why; nothing happens if it has left by then. */
    public void requestClose(String reason) {
        clients.closeSoon(this, reason);
    }

    /** The same without a warning: the connection broke, which happens. */
    public void lost(String reason) {
        clients.lostSoon(this, reason);
    }

    /** Ends the loop's wait for it, if there is one and it is due now; returns whether it was so. */
    private boolean stopWaitingIfDue() {
        boolean stops = awaited && isDue();
        awaited &= !stops;
        return stops;
    }

    /**
     * Has the event loop look at it again when it is due: at once, if it is now (races: looked-before-awaited,
     * no-first-look).
     */
    void await() {
        synchronized (this) {
            awaited = true;
        }
        release(0, 0);
    }

    /** Nothing more will be read from it; the event loop is to look again when all that it has sent is dealt with. */
    void endInput() {
        synchronized (this) {
            inputEnded = true;
        }
        await();
    }

    synchronized boolean inputHasEnded() {
        return inputEnded;
    }

    /** Whether so much of it waits that no more is to be read. */
    boolean holdsTooMuch() {
        return requestBytes > MOST_REQUEST_BYTES || answerBytes.get() > memory.mostAnswers() / 2;
    }

    /** Whether the event loop can go on with it: close it if its input has ended, else read. */
    synchronized boolean isDue() {
        return inputEnded
                ? requestBytes == 0 && answerBytes.get() == 0
                : requestBytes <= MOST_REQUEST_BYTES / 2 && answerBytes.get() <= memory.mostAnswers() / 4;
    }

    /** How many bytes more it may make the server hold now. */
    long room() {
        return memory.room(requestBytes + answerBytes.get(), Message.MOST_HEAP_BYTES);
    }

    boolean hasAnswers() {
        return answerBytes.get() > 0;
    }

    /** Whether the server waits for it: to take its answers, or to end a packet when no worker has others of it. */
    private boolean isItsTurn() {
        int incomplete = connection.assembler().heldBytes();
        return hasAnswers() || incomplete > 0 && incomplete == requestBytes;
    }

    /** Counts the looks at which it was its turn and nothing was dealt with, this one included; returns their number. */
    synchronized int countQuietLooks() {
        quietLooks = moved || !isItsTurn() ? 0 : quietLooks + 1;
        moved = false;
        return quietLooks;
    }

    @Override
    public String toString() {
        return "connection " + connection.index() + " (" + peer + ")";
    }
}
