package dev.gserver;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * A client that waits: a read fails after 8 s, or, as a write does that the server takes nothing of, when its thread is
 * interrupted. One thread.
 */
public final class TestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = Integer.getInteger("gserver.patience-ms", 8_000);

    private final SocketChannel channel = SocketChannel.open();
    private final Socket socket = channel.socket();
    private final DataInputStream in;

    public TestClient(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /**
     * Connects with a receive buffer of {@code receiveBufferBytes}; 0 leaves that to the system. Only for a client that never
     * reads: Linux may drop what comes in large segments while such a buffer is full, and send it again ever more rarely.
     */
    public TestClient(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    public TestClient send(byte[]... packets) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Packets.join(packets));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    /** Reads one packet, header and all. */
    public byte[] receive() throws IOException {
        int length = in.readUnsignedShort();
        int code = in.readUnsignedShort();
        int crc32 = in.readInt();
        return Packets.packet(length, code, crc32, in.readNBytes(length - 8));
    }

    /** Reads one packet; null if the server has ended its side in good order, and not in the middle of a packet. */
    public byte[] receiveUnlessEnded() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        return receive();
    }

    /** Reads to the end and returns how many bytes came before it. */
    public int receiveEnd() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int count = 0;
        try {
            for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
                count += more;
            }
        } catch (EOFException | SocketException | ClosedChannelException e) {
            // closed by the server while something of ours was still unread there
        }
        return count;
    }

    /** From here on another thread reads to the end and then closes, as clients do. */
    public void closeAtEnd() {
        Thread thread = new Thread(() -> {
            try {
                receiveEnd();
                close();
            } catch (IOException e) {
                // closed by the test meanwhile
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the sending side; the receiving side stays. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset instead of an orderly end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        channel.close();
    }

    /** This client's own port; the server's log and trace name it. */
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
