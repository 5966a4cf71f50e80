package dev.gserver.demo;

import dev.gserver.epoll.Message;
import dev.gserver.epoll.PacketHeader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client with blocking sockets, as short as can be. One thread. */
final class DemoClient implements AutoCloseable {
    static final byte[] PING = packet(0, new byte[0]);
    static final byte[] REGISTER = packet(5, new byte[100]);

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

    /** Sends {@code packets}, or parts of one, in one write. */
    void send(byte[]... packets) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        socket.getOutputStream().write(all.toByteArray());
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
