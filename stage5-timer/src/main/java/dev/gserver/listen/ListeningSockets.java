package dev.gserver.listen;

import dev.gserver.common.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;

/**
 * All ports that the server listens on: opened together or not at all.
 *
 * <p>Steps {@code listen.ports} and {@code gsx_open_listening_sockets} (the notes' name too). Opened by one thread;
 * any thread may read the list and close the ports.
 */
public final class ListeningSockets implements AutoCloseable {
    private final List<ServerSocketChannel> channels = new ArrayList<>(); // everything to close
    private final List<ListeningSocket> sockets = new ArrayList<>();

    private ListeningSockets() {}

    /**
     * Opens every port, in the order given.
     *
     * @param backlog connections that the kernel holds until somebody accepts them, 1 or more
     * @throws IOException if one of them cannot be opened: those opened before it are closed, the message names it
     */
    public static ListeningSockets open(InetAddress address, List<Integer> ports, int backlog) throws IOException {
        ListeningSockets result = new ListeningSockets();
        try {
            for (int port : ports) {
                result.openOne(new InetSocketAddress(address, port), backlog);
            }
            Trace.step("listen.ports", "gserver", "number of ports listened on at once:", result.sockets.size());
            return result;
        } catch (IOException | RuntimeException | Error e) {
            result.close();
            throw e;
        }
    }

    private void openOne(InetSocketAddress wanted, int backlog) throws IOException {
        String subject = "port " + ListeningSocket.format(wanted);
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channels.add(channel);
            Trace.step("gsx_open_listening_sockets.1", subject, "socket created");
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            Trace.step("gsx_open_listening_sockets.2", subject, "SO_REUSEADDR set");
            channel.configureBlocking(false);
            Trace.step("gsx_open_listening_sockets.3", subject, "non-blocking");
            channel.bind(wanted, backlog); // bind and listen are one call in Java
            Trace.step("gsx_open_listening_sockets.4", subject, "bound");
            Trace.step("gsx_open_listening_sockets.5", subject, "listening, backlog", backlog);
            ListeningSocket socket = new ListeningSocket(channel, (InetSocketAddress) channel.getLocalAddress());
            sockets.add(socket);
            Trace.step("gsx_open_listening_sockets.6", socket, "in the list of listening sockets");
        } catch (IOException e) {
            throw new IOException("cannot listen on " + ListeningSocket.format(wanted) + ": " + e.getMessage(), e);
        } catch (UnsupportedAddressTypeException e) {
            throw new IOException("cannot listen on " + ListeningSocket.format(wanted) + ": IPv6 is not available", e);
        }
    }

    /** The open ports, in the order in which they were asked for. */
    public List<ListeningSocket> sockets() {
        return List.copyOf(sockets);
    }

    /** Closes every port; nothing happens to those closed already. */
    @Override
    public void close() {
        for (ServerSocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger(ListeningSockets.class.getName())
                        .log(System.Logger.Level.WARNING, channel + ": close failed: " + e.getMessage());
            }
        }
    }
}
