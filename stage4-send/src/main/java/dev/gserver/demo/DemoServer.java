package dev.gserver.demo;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * A running server, as the demos see it.
 *
 * @param addresses of its ports
 * @param stop stops it
 */
public record DemoServer(List<InetSocketAddress> addresses, Runnable stop) implements AutoCloseable {
    /** How a demo gets one; so that the demos do not depend on the program that they are part of. */
    public interface Starter {
        /** Starts a server with the given values of the configuration. */
        DemoServer start(Map<String, String> settings) throws Exception;
    }

    @Override
    public void close() {
        stop.run();
    }
}
