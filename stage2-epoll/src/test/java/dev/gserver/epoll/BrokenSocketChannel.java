package dev.gserver.epoll;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** An open channel whose client is gone: whatever is done to it fails, also its close, if the test says so. */
final class BrokenSocketChannel extends SocketChannel {
    private final boolean closeFails;

    BrokenSocketChannel(boolean closeFails) {
        super(SelectorProvider.provider());
        this.closeFails = closeFails;
    }

    private static <T> T fail() throws IOException {
        throw new IOException("broken");
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        return fail();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        return fail();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return fail();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        return fail();
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        return fail();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return false;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return fail();
    }

    @Override
    public boolean finishConnect() throws IOException {
        return fail();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return fail();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return fail();
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        return fail();
    }

    @Override
    public long read(ByteBuffer[] in, int offset, int length) throws IOException {
        return fail();
    }

    @Override
    public int write(ByteBuffer out) throws IOException {
        return fail();
    }

    @Override
    public long write(ByteBuffer[] out, int offset, int length) throws IOException {
        return fail();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        if (closeFails) {
            fail();
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
