package dev.gserver.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** An open channel whose client is gone: whatever is done to it fails, also its close, if the test says so. */
final class BrokenSocketChannel extends SocketChannel {
    private final Throwable failure;
    private final boolean closeFails;

    BrokenSocketChannel(boolean closeFails) {
        this(new IOException("broken"), closeFails);
    }

    /** A channel that fails with {@code failure}, which is unchecked or an IOException. */
    BrokenSocketChannel(Throwable failure, boolean closeFails) {
        super(SelectorProvider.provider());
        this.failure = failure;
        this.closeFails = closeFails;
    }

    private <T> T fail() throws IOException {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (IOException) failure;
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
        return new Socket() {
            @Override
            public SocketAddress getRemoteSocketAddress() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
            }
        };
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
