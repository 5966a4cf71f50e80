package dev.gserver.demo;

import dev.gserver.epoll.Message;
import dev.gserver.epoll.PacketHeader;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A client with blocking sockets, as short as can be. One thread. */
final class DemoClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 8_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;

    DemoClient(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** A packet with the right length and CRC. */
    static byte[] packet(int code, byte[] body) {
        ByteBuffer packet = ByteBuffer.allocate(PacketHeader.LENGTH + body.length);
        new Message(null, code, Message.crc32Of(body), body).writeTo(packet);
        return packet.array();
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        socket.getOutputStream().write(bytes, from, to - from);
    }

    void send(byte[]... packets) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(packets).mapToInt(packet -> packet.length).sum());
        for (byte[] packet : packets) {
            all.put(packet);
        }
        send(all.array(), 0, all.capacity());
    }

    /** Reads one packet and says what it is; "end" if the server has closed. */
    String receive() throws IOException {
        try {
            int length = in.readUnsignedShort();
            int code = in.readUnsignedShort();
            in.readInt();
            in.readFully(new byte[length - PacketHeader.LENGTH]);
            return "code " + code + ", " + length + " bytes";
        } catch (EOFException e) {
            return "end";
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
