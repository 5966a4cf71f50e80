package dev.gserver.tools.client;

import dev.gserver.tools.common.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** Sends bytes to a server of this machine and prints what comes back, until nothing more is to be expected. */
public final class Exchange {
    private static final int FIRST_PORT = 9000; // what listen.ports begins with by default
    private static final int LAST_PORT = 65_535;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int PAUSE_MILLIS = 50; // between two pieces, so that the server reads them one by one

    private final int waitMillis;
    private final PrintStream out;
    private final byte[] buffer = new byte[64 * 1024];
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream(); // the beginning of a packet
    private int answers;
    private boolean closed;
    private boolean shows; // something already

    Exchange(int waitMillis, PrintStream out) {
        this.waitMillis = waitMillis;
        this.out = out;
    }

    /**
     * Sends what the words say, to the port that may be the first of them.
     *
     * @param piece sends pieces of so many bytes
     */
    public static boolean send(List<String> words, int piece, int waitMillis, PrintStream out) {
        boolean hasPort = words.get(0).matches("[0-9]+");
        String port = hasPort ? words.get(0) : String.valueOf(FIRST_PORT);
        if (port.length() > 5 || Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT) {
            throw Refusal.ofArguments("port '" + port + "': expected 1 to " + LAST_PORT);
        }
        if (words.size() == 1 && hasPort) {
            throw Refusal.ofArguments("WORD is missing");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        words.stream().skip(hasPort ? 1 : 0).forEach(word -> bytes.writeBytes(Packet.bytes(word)));
        return new Exchange(waitMillis, out).run(Integer.parseInt(port), bytes.toByteArray(), piece);
    }

    /** Returns whether every request got its answer. */
    boolean run(int port, byte[] bytes, int piece) {
        List<Packet> requests = Packet.cut(bytes);
        long expected = requests.stream().filter(Packet::asksForAnswer).count();
        try (Socket socket = new Socket()) {
            connect(socket, port);
            requests.forEach(request -> show(new PacketText("->", request).toString()));
            send(socket, bytes, piece);
            boolean waits = true;
            while (!closed && waits && (answers < expected || expected < requests.size())) {
                waits = receive(socket, waitMillis);
            }
            end(waits);
        } catch (IOException e) {
            throw Refusal.ofWork("the connection has failed: " + e.getMessage());
        }
        return answers >= expected;
    }

    private static void connect(Socket socket, int port) {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(here, port), CONNECT_MILLIS);
        } catch (IOException e) {
            throw Refusal.ofWork("no server answers on port " + port + "; start one with: ./course run 5");
        }
    }

    private void send(Socket socket, byte[] bytes, int piece) throws IOException {
        try {
            for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length)) {
                if (from > 0) {
                    receive(socket, PAUSE_MILLIS);
                }
                socket.getOutputStream().write(bytes, from, Math.min(piece, bytes.length - from));
            }
        } catch (IOException e) {
            receive(socket, waitMillis); // it was closed before it took all
        }
    }

    /** Returns false if nothing came for that time. */
    private boolean receive(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                closed = true;
            } else {
                print(count);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            closed = true; // by a reset
            return true;
        }
    }

    private void print(int count) {
        unread.write(buffer, 0, count);
        List<Packet> packets = Packet.cut(unread.toByteArray());
        unread.reset();
        for (Packet packet : packets) {
            if (packet.isWhole()) {
                answers++;
                show(new PacketText("<-", packet).toString());
            } else {
                unread.writeBytes(packet.bytes());
            }
        }
        out.flush();
    }

    /** With an empty line between two. */
    private void show(String text) {
        out.print((shows ? "\n" : "") + text);
        shows = true;
    }

    private void end(boolean waits) {
        if (unread.size() > 0) {
            show(new PacketText("<-", new Packet(unread.toByteArray())).toString());
        }
        if (closed) {
            show("the server has closed the connection\n");
        } else if (!waits) {
            show((answers == 0 ? "no answer" : "no more answers") + " within " + waitMillis + " ms\n");
        }
        out.flush();
    }
}
