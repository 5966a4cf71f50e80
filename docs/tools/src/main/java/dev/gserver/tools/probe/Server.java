package dev.gserver.tools.probe;

import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.probe.Wrong.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that is examined, and how long it may take.
 *
 * @param stage that it has to be
 * @param patience for what has to come
 * @param kickAfter how long a client of stage 5 may be silent
 * @param talks the conversations of the check that runs
 */
record Server(InetSocketAddress address, int stage, Duration patience, Duration kickAfter, List<Conversation> talks) {
    private static final int FIRST_THAT_ANSWERS = 4;
    private static final int LAST_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    Server(InetSocketAddress address, int stage, Duration patience, Duration kickAfter) {
        this(address, stage, patience, kickAfter, new CopyOnWriteArrayList<>());
    }

    /** @param word HOST:PORT; an address of IPv6 stands in brackets */
    static InetSocketAddress address(String word) {
        Matcher parts = ADDRESS.matcher(word);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) < 1 || Integer.parseInt(parts.group(3)) > LAST_PORT) {
            throw Refusal.ofArguments("'" + word + "': expected HOST:PORT, such as 127.0.0.1:9000");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(parts.group(3)));
        if (address.isUnresolved()) {
            throw Refusal.ofWork("there is no machine of the name '" + host + "'");
        }
        return address;
    }

    boolean answers() {
        return stage >= FIRST_THAT_ANSWERS;
    }

    /** Whether there is somebody at the other end of that address. */
    void mustBeThere() {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) patience.toMillis());
        } catch (IOException e) {
            throw Refusal.ofWork("no server answers at " + shown() + ": " + e.getMessage());
        }
    }

    String shown() {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    Conversation connect() throws Wrong {
        return connect(0);
    }

    /** @param buffer for what is received and not read yet; 0 for what the system gives */
    Conversation connect(int buffer) throws Wrong {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            if (buffer > 0) {
                socket.setReceiveBufferSize(buffer);
            }
            socket.connect(address, (int) patience.toMillis());
            Conversation talk = new Conversation(this, socket);
            talks.add(talk);
            return talk;
        } catch (IOException e) {
            throw new Wrong(Kind.GONE, "no connection: " + e.getMessage() + "; does the server still run?", "");
        }
    }

    /** So many clients, all of which are connected. */
    Crowd crowd(int size) throws Wrong {
        Crowd crowd = new Crowd(new ArrayList<>());
        try {
            while (crowd.clients.size() < size) {
                crowd.clients.add(connect());
            }
            return crowd;
        } catch (Wrong e) {
            crowd.close();
            throw e.with(", client " + (crowd.clients.size() + 1) + " of " + size);
        }
    }

    /** Clients that are there at the same time; closing it closes them. */
    record Crowd(List<Conversation> clients) implements AutoCloseable {
        @Override
        public void close() {
            clients.forEach(Conversation::close);
        }
    }
}
