package dev.gserver.races;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * A socket without a kernel. Its first writes take as much as they are told, later ones everything. To Lincheck a write is
 * one step, as all that is behind an interface of java.nio.
 */
public final class FakeSocket extends AbstractSelectableChannel implements ByteChannel {
    private final int[] first;
    private int writes;
    private int written;

    /** A socket whose first writes take {@code first} bytes each. */
    public FakeSocket(int... first) {
        super(SelectorProvider.provider());
        this.first = first;
    }

    @Override
    public int write(ByteBuffer in) {
        int count = writes < first.length ? Math.min(first[writes], in.remaining()) : in.remaining();
        in.position(in.position() + count);
        writes++;
        written += count;
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

    @Override
    public int validOps() {
        return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
