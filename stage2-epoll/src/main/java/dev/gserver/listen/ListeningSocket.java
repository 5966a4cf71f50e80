package dev.gserver.listen;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * One open port.
 *
 * @param channel the non-blocking listening channel; from stage 2 on it belongs to the event loop's thread
 * @param address the address that it is bound to, with the real port where the configuration said 0
 */
public record ListeningSocket(ServerSocketChannel channel, InetSocketAddress address) {
    /** Writes an address as {@code 127.0.0.1:9000} or {@code [0:0:0:0:0:0:0:1]:9000}. */
    public static String format(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.getHostAddress();
        return (host instanceof Inet6Address ? "[" + text + "]" : text) + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return "port " + format(address);
    }
}
