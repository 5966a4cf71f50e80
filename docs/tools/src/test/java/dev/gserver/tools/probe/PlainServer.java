package dev.gserver.tools.probe;

import dev.gserver.tools.client.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that somebody wrote in another manner than the course's: a thread for each client, and blocking. It does all
 * that stage 5 has to do; those that extend it do one thing wrong.
 */
class PlainServer implements AutoCloseable {
    static final int KICK_SECONDS = 2;

    private static final int LINGER_MILLIS = 1_000;
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final Map<Socket, Long> lastPings = new ConcurrentHashMap<>();

    PlainServer() {
        try {
            listener = new ServerSocket(0, 511, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From stage 5 on it kicks. */
    final PlainServer start(int stage) {
        run(this::accept);
        if (stage == 5) {
            run(this::kick);
        }
        return this;
    }

    final String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    static void run(Runnable task) {
        Thread thread = new Thread(task, "plain server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                lastPings.put(client, System.nanoTime());
                serve(client);
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    void serve(Socket client) {
        run(() -> talk(client));
    }

    final void talk(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            byte[] buffer = new byte[BUFFER];
            int count = 0;
            int more = 1;
            while (more > 0 && count >= 0) {
                count = consume(client, buffer, count);
                more = count < 0 ? 0 : read(client, buffer, count);
                count += more;
            }
            end(client, buffer);
        } catch (IOException e) {
            failed();
        } finally {
            lastPings.remove(client);
        }
    }

    /** Nothing that came may be unread when it closes, or the answers are lost. */
    void end(Socket client, byte[] buffer) throws IOException {
        client.shutdownOutput();
        client.setSoTimeout(LINGER_MILLIS);
        while (client.getInputStream().read(buffer) > 0) {
            continue;
        }
    }

    int read(Socket client, byte[] buffer, int count) throws IOException {
        return client.getInputStream().read(buffer, count, buffer.length - count);
    }

    /** Handles all packets that are whole; returns what is left, or -1 if the connection has to be closed. */
    int consume(Socket client, byte[] buffer, int count) throws IOException {
        int left = count;
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        while (left >= Packet.HEADER) {
            int length = length(ByteBuffer.wrap(buffer));
            if (length < Packet.HEADER || length > mostBytes()) {
                left = badLength(buffer, left, length);
            } else if (left < length) {
                break;
            } else {
                handle(client, Arrays.copyOf(buffer, length), answers);
                System.arraycopy(buffer, length, buffer, 0, left - length);
                left -= length;
            }
        }
        send(client.getOutputStream(), answers.toByteArray());
        return left;
    }

    void send(OutputStream out, byte[] answers) throws IOException {
        out.write(answers);
    }

    int length(ByteBuffer header) {
        return Short.toUnsignedInt(header.getShort(0));
    }

    int mostBytes() {
        return Packet.LONGEST;
    }

    int badLength(byte[] buffer, int count, int length) {
        return -1;
    }

    final void handle(Socket client, byte[] bytes, ByteArrayOutputStream answers) {
        Packet packet = packet(bytes);
        if (crcIsRight(packet) && packet.kind() == null) {
            unknownCode(client);
        } else if (crcIsRight(packet) && packet.body().length == packet.kind().bodyLength) {
            if (keepsAlive(packet)) {
                lastPings.computeIfPresent(client, (same, time) -> System.nanoTime());
            }
            answers.writeBytes(answer(packet));
        }
    }

    Packet packet(byte[] bytes) {
        return new Packet(bytes);
    }

    boolean crcIsRight(Packet packet) {
        return packet.crcIsRight();
    }

    void unknownCode(Socket client) {}

    boolean keepsAlive(Packet packet) {
        return packet.kind() == Packet.Kind.PING;
    }

    byte[] answer(Packet packet) {
        return Requests.answer(packet.bytes());
    }

    /** A connection has broken down. */
    void failed() {}

    private void kick() {
        while (!listener.isClosed()) {
            lastPings.forEach((client, time) -> {
                if (System.nanoTime() - time > kickNanos()) {
                    close(client);
                }
            });
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    long kickNanos() {
        return TimeUnit.SECONDS.toNanos(KICK_SECONDS);
    }

    static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends like a process that dies. */
    @Override
    public void close() {
        close(listener);
        lastPings.keySet().forEach(PlainServer::close);
    }
}
