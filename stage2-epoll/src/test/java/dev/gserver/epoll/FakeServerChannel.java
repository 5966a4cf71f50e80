package dev.gserver.epoll;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/** A port without a socket: accept returns or throws what the test says. One thread. */
final class FakeServerChannel extends ServerSocketChannel {
    private final Queue<SocketChannel> waiting = new ArrayDeque<>();
    private IOException failure;

    FakeServerChannel() {
        super(SelectorProvider.provider());
    }

    /** Has {@code client} wait behind those that wait already. */
    void give(SocketChannel client) {
        waiting.add(client);
    }

    /** Lets every accept throw {@code newFailure} when nobody waits. */
    void failWith(IOException newFailure) {
        failure = newFailure;
    }

    @Override
    public SocketChannel accept() throws IOException {
        if (waiting.isEmpty() && failure != null) {
            throw failure;
        }
        return waiting.poll();
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public ServerSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return null;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
