package dev.gserver;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration: defaults, overridden by a file of properties, overridden by {@code -Dgserver.KEY=VALUE}.
 *
 * <p>Immutable. Every value is read and checked once, in the constructor, so that a bad one ends the start and not the
 * work.
 */
public final class ServerConfig {
    private final InetAddress listenAddress;
    private final List<Integer> listenPorts;
    private final int listenBacklog;
    private final int workerConnections;
    private final Duration stopGrace;
    private final int workerThreads;
    private final int sendMaxPendingBytes;

    private ServerConfig(ConfigValues values) throws ConfigException {
        listenAddress = values.address("listen.address", "127.0.0.1");
        listenPorts = values.ports("listen.ports", "9000,9001");
        listenBacklog = values.wholeNumber("listen.backlog", 511, 1, 65_535);
        workerConnections = values.wholeNumber("worker.connections", 2048, listenPorts.size() + 1, 1_000_000);
        stopGrace = Duration.ofMillis(values.wholeNumber("stop.grace-ms", 5_000, 0, 600_000));
        workerThreads = values.wholeNumber("worker.threads", processors(), 1, 1_024);
        sendMaxPendingBytes = values.wholeNumber("send.max-pending-bytes", 4_194_304, 1_500_000, 1_073_741_824);
        values.rejectTheRest();
    }

    /**
     * Reads the configuration.
     *
     * @param file path of a properties file in UTF-8, or null for none
     * @param overrides values by key, as {@code -Dgserver.KEY=VALUE} gives them
     * @throws ConfigException if the file cannot be read, a key is unknown or a value is out of range
     */
    public static ServerConfig load(String file, Map<String, String> overrides) throws ConfigException {
        return new ServerConfig(ConfigValues.load(file, overrides));
    }

    /** {@code listen.address}: the local address that all ports are opened on. */
    public InetAddress listenAddress() {
        return listenAddress;
    }

    /** {@code listen.ports}: the ports to listen on, each 0 to 65535; 0 means any free one. */
    public List<Integer> listenPorts() {
        return listenPorts;
    }

    /** {@code listen.backlog}: how many connections the kernel holds that nobody has accepted yet, 1 to 65535. */
    public int listenBacklog() {
        return listenBacklog;
    }

    /** {@code worker.connections}: size of the connection pool, the listening sockets' own included. */
    public int workerConnections() {
        return workerConnections;
    }

    /** {@code stop.grace-ms}: how long a stop waits for answers to go out, 0 to 10 minutes. */
    public Duration stopGrace() {
        return stopGrace;
    }

    /** {@code worker.threads}: how many threads handle messages, 1 to 1024. */
    public int workerThreads() {
        return workerThreads;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * {@code send.max-pending-bytes}: a connection with more bytes than this waiting to be sent is closed. With half of
     * it waiting no more is read; the other half has room for the answers to what was read before, 1500000 or more.
     */
    public int sendMaxPendingBytes() {
        return sendMaxPendingBytes;
    }
}
