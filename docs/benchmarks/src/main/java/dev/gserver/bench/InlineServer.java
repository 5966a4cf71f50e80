package dev.gserver.bench;

import dev.gserver.epoll.Message;
import dev.gserver.epoll.PacketHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The same service on one thread with one Selector, which reads, handles and writes by itself. Nothing is handed over
 * and nothing is locked: what the stages' layers cost is the distance to this. A handler that blocks blocks everybody.
 */
final class InlineServer {
    private static final int READ_BYTES = 64 * 1024;
    private static final int CAPACITY = READ_BYTES + PacketHeader.MAX_PACKET_LENGTH;

    private final Selector selector;
    private final ServerSocketChannel port;
    private final ByteBuffer in = ByteBuffer.allocateDirect(CAPACITY);
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY); // an answer is as long as its request

    private InlineServer(Selector selector, ServerSocketChannel port) {
        this.selector = selector;
        this.port = port;
    }

    public static void main(String[] args) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel port = ServerSocketChannel.open()) {
            port.bind(new InetSocketAddress("127.0.0.1", 0), 511);
            port.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("inline listening on 127.0.0.1:" + port.socket().getLocalPort());
            InlineServer server = new InlineServer(selector, port);
            while (true) {
                selector.select(server::handle);
            }
        }
    }

    /** What is left over between two events of a client. */
    private static final class Client {
        byte[] incomplete = {}; // the beginning of a packet
        ByteBuffer unsent; // null: all is sent
    }

    private void handle(SelectionKey key) {
        if (key.channel() == port) {
            accept();
            return;
        }
        try {
            Client client = (Client) key.attachment();
            if (client.unsent != null) {
                sendRest(key, client);
            } else if (!receive((SocketChannel) key.channel(), client)) {
                key.channel().close();
            } else {
                send(key, client);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = port.accept();
            if (channel != null) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Client());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // it is gone
        }
    }

    /** Reads once, and puts the answers to all complete packets into {@link #out}; false: the client has left. */
    private boolean receive(SocketChannel channel, Client client) throws IOException {
        in.clear().put(client.incomplete).limit(client.incomplete.length + READ_BYTES);
        if (channel.read(in) < 0) {
            return false;
        }
        in.flip();
        out.clear();
        while (in.remaining() >= PacketHeader.LENGTH
                && in.remaining() >= Short.toUnsignedInt(in.getShort(in.position()))) {
            byte[] body = new byte[Short.toUnsignedInt(in.getShort()) - PacketHeader.LENGTH];
            int code = Short.toUnsignedInt(in.getShort());
            int crc32 = in.getInt();
            in.get(body);
            Handlers.handle(code, crc32, body, this::encode);
        }
        client.incomplete = new byte[in.remaining()];
        in.get(client.incomplete);
        out.flip();
        return true;
    }

    private void encode(Message answer) {
        answer.writeTo(out);
    }

    /** Sends {@link #out}; what the socket does not take is kept, and nothing more is read until it is gone. */
    private void send(SelectionKey key, Client client) throws IOException {
        ((SocketChannel) key.channel()).write(out);
        if (out.hasRemaining()) {
            client.unsent = ByteBuffer.allocateDirect(out.remaining()).put(out).flip();
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void sendRest(SelectionKey key, Client client) throws IOException {
        ((SocketChannel) key.channel()).write(client.unsent);
        if (!client.unsent.hasRemaining()) {
            client.unsent = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }
}
