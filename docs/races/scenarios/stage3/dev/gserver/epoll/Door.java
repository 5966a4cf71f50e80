package dev.gserver.epoll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A client that waits to be let in, over a real connection. Any thread counts as the event loop's. */
final class Door {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final EventLoop loop;
    private final SocketChannel client;
    private final SocketChannel accepted;

    Door() {
        try (ServerSocketChannel port = ServerSocketChannel.open()) {
            port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(port.getLocalAddress());
            accepted = port.accept();
            loop = new EventLoop(List.of(), 1, null, null) {
                @Override
                void assertInLoopThread() {}
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Clients clients() {
        return loop.clients();
    }

    void letIn() {
        loop.clients().letIn(accepted);
        inside.countDown();
    }

    /** Closes all that is open, when the client is in. */
    void close() throws IOException, InterruptedException {
        inside.await();
        loop.close();
        client.close();
    }
}
