package dev.gserver.memory;

import java.util.concurrent.atomic.LongAdder;

/**
 * The memory that all clients together make the server hold, and how much of it one client may have. Limits for each
 * client do not bound the sum: there may be many clients. Any thread.
 *
 * <p>The rule is that of switches whose ports share one memory (Choudhury and Hahne, 1998): a client may hold as much as
 * is free. The more it is that want much, the less is free, and the less each of them gets; a client that holds little
 * always finds room. A quarter is kept back for those that hold little: half of it for a message or two of each, of whatever
 * length, the other half for what is short.
 */
public class Memory {
    /** Who holds so many bytes holds little: a short message or two. */
    public static final int LITTLE = 1024;

    private final LongAdder held = new LongAdder();
    private final long most;
    private final int mostAnswers;

    /**
     * A memory of which nothing is held.
     *
     * @param most bytes that all clients together may make the server hold
     * @param mostAnswers bytes of answers that may wait for one client
     */
    public Memory(long most, int mostAnswers) {
        this.most = most;
        this.mostAnswers = mostAnswers;
    }

    /** Counts {@code bytes} that are held from now on; negative: that are held no more. */
    public void add(long bytes) {
        held.add(bytes);
    }

    /**
     * How many bytes a client may take in that holds {@code own} bytes; 0 or less: none.
     *
     * @param largest what the longest message takes
     */
    public long room(long own, int largest) {
        long free = most - held.sum();
        long room = free - most / 4 - own;
        // Half of what is left, where that is little: so nobody takes the last of it.
        long keptBack = Math.max(Math.min(free - most / 8, 2L * largest), Math.min(free / 2, LITTLE));
        return own > LITTLE ? room : Math.max(room, keptBack);
    }

    /** Whether less than a quarter is free. */
    public boolean isShort() {
        return most - held.sum() < most / 4;
    }

    /** Bytes that are held. */
    public long held() {
        return held.sum();
    }

    /** Bytes that may be held. */
    public long most() {
        return most;
    }

    /** Bytes of answers that may wait for one client. */
    public int mostAnswers() {
        return mostAnswers;
    }
}
