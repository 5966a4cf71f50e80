package dev.gserver.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Lets clients in and does nothing else: what a connection costs is the JDK's own share. */
final class BareServer {
    private BareServer() {}

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0), 511);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("bare listening on 127.0.0.1:" + server.socket().getLocalPort());
            while (true) {
                selector.select(key -> accept(server, selector));
            }
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) {
        try {
            SocketChannel client = server.accept();
            if (client != null) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                client.configureBlocking(false).register(selector, 0);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
