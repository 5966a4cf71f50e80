package dev.gserver.races;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * A socket without a kernel. Its first writes take what they are told to, later ones everything. It fails if two threads
 * write at once. Any thread.
 */
public final class FakeSocket extends AbstractSelectableChannel implements ByteChannel {
    private final int[] first;
    private final Runnable whenWritten;
    private volatile boolean writing;
    private volatile int writes;
    private volatile int written;

    /** A socket whose first writes take {@code first} bytes each, and which calls {@code whenWritten} after each write. */
    public FakeSocket(Runnable whenWritten, int... first) {
        super(SelectorProvider.provider());
        this.first = first;
        this.whenWritten = whenWritten;
    }

    @Override
    public int write(ByteBuffer in) throws ClosedChannelException {
        if (writing) {
            throw new AssertionError("two threads write to one client at the same time");
        }
        writing = true;
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        int count = writes < first.length ? Math.min(first[writes], in.remaining()) : in.remaining();
        in.position(in.position() + count);
        writes++;
        written += count;
        writing = false;
        whenWritten.run();
        return count;
    }

    /** Bytes that were written. */
    public int written() {
        return written;
    }

    @Override
    public int read(ByteBuffer out) {
        return 0;
    }

    int readyOps() {
        return SelectionKey.OP_WRITE;
    }

    @Override
    public int validOps() {
        return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
