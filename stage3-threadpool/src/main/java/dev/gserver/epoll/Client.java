package dev.gserver.epoll;

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
    int told; // how many layers know of it; belongs to the event loop's thread
    private volatile int requestBytes; // a body in the making, messages that wait or are in a worker's hand
    private boolean inputEnded;
    private boolean awaited; // the event loop wants to be told when it is due

    /** The client that {@code connection} has from now on; {@code peer} is its address, for log lines. */
    Client(Connection connection, String peer, Clients clients) {
        this.connection = connection;
        this.sequence = connection.sequence();
        this.peer = peer;
        this.clients = clients;
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
        synchronized (this) {
            requestBytes += bytes;
        }
    }

    /** Takes {@code bytes} of requests off the account: they are handled, and their answers are on it, or thrown away. */
    public void releaseRequests(int bytes) {
        boolean tell;
        synchronized (this) {
            requestBytes -= bytes;
            tell = stopWaitingIfDue();
        }
        if (tell) {
            clients.lookAgainSoon(this);
        }
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
        releaseRequests(0);
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
        return requestBytes > MOST_REQUEST_BYTES;
    }

    /** Whether the event loop can go on with it: close it if its input has ended, else read. */
    synchronized boolean isDue() {
        return inputEnded ? requestBytes == 0 : requestBytes <= MOST_REQUEST_BYTES / 2;
    }

    @Override
    public String toString() {
        return "connection " + connection.index() + " (" + peer + ")";
    }
}
