package dev.gserver.epoll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.WritableByteChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Queue;

/** A channel without a socket: reads what it was given, piece by piece. One thread. */
public final class FakeChannel extends AbstractSelectableChannel implements ByteChannel {
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final WritableByteChannel out;
    private boolean ended;
    private boolean closeFails;

    public FakeChannel() {
        this(null);
    }

    /** A channel that passes on to {@code out} what is written. */
    public FakeChannel(WritableByteChannel out) {
        super(SelectorProvider.provider());
        this.out = out;
    }

    /** Lets the next read return {@code piece}, which must fit the reader's buffer. */
    public FakeChannel give(byte[] piece) {
        pieces.add(piece);
        return this;
    }

    /** Lets reads return the end once all pieces are read. */
    public FakeChannel end() {
        ended = true;
        return this;
    }

    @Override
    public int read(ByteBuffer in) {
        byte[] piece = pieces.poll();
        if (piece == null) {
            return ended ? -1 : 0;
        }
        in.put(piece);
        return piece.length;
    }

    @Override
    public int write(ByteBuffer in) throws IOException {
        return out.write(in);
    }

    @Override
    public int validOps() {
        return SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    }

    /** Has its close fail. */
    FakeChannel failToClose() {
        closeFails = true;
        return this;
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        if (closeFails) {
            throw new IOException("broken");
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
