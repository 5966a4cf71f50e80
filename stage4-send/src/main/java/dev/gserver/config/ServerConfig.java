package dev.gserver.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration: defaults, overridden by a file of properties, overridden by {@code -Dgserver.KEY=VALUE}. Immutable.
 * Every value is read and checked once, before anything starts, so that a bad one ends the start and not the work.
 *
 * @param listenAddress {@code listen.address}: the local address that all ports are opened on
 * @param listenPorts {@code listen.ports}: the ports to listen on, each 0 to 65535; 0 means any free one
 * @param listenBacklog {@code listen.backlog}: how many connections the kernel holds that nobody has accepted yet, 1 to
 *     65535
 * @param workerConnections {@code worker.connections}: size of the connection pool, the listening sockets' own included
 * @param stopGrace {@code stop.grace-ms}: how long a stop waits until all that was received is dealt with, 0 to 10 minutes
 * @param workerThreads {@code worker.threads}: how many threads handle messages, 1 to 1024
 * @param memoryMaxBytes {@code memory.max-bytes}: what all clients together may make the server hold, 1000000 or more
 * @param sendMaxPendingBytes {@code send.max-pending-bytes}: a client with more bytes of answers than this waiting is
 *     closed. With half of it waiting it is not read from; the other half has room for the answers to what was read before,
 *     2000000 or more
 */
public record ServerConfig(
        InetAddress listenAddress,
        List<Integer> listenPorts,
        int listenBacklog,
        int workerConnections,
        Duration stopGrace,
        int workerThreads,
        int memoryMaxBytes,
        int sendMaxPendingBytes) {
    private static final int MOST_THREADS = 1_024;

    /**
     * Reads the configuration.
     *
     * @param file path of a properties file in UTF-8, or null for none
     * @param overrides values by key, as {@code -Dgserver.KEY=VALUE} gives them
     * @throws ConfigException if the file cannot be read, a key is unknown or there twice, or a value is out of range
     */
    public static ServerConfig load(String file, Map<String, String> overrides) throws ConfigException {
        ConfigValues values = ConfigValues.load(file, overrides);
        InetAddress address = values.address("listen.address", "127.0.0.1");
        List<Integer> ports = values.ports("listen.ports", "9000,9001");
        int backlog = values.wholeNumber("listen.backlog", 511, 1, 65_535);
        int connections = values.wholeNumber("worker.connections", 2048, ports.size() + 1, 1_000_000);
        Duration grace = Duration.ofMillis(values.wholeNumber("stop.grace-ms", 5_000, 0, 600_000));
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        int threads = values.wholeNumber("worker.threads", processors, 1, MOST_THREADS);
        int quarter = (int) Math.min(Runtime.getRuntime().maxMemory() / 4, Integer.MAX_VALUE);
        int memory = values.wholeNumber("memory.max-bytes", Math.max(quarter, 1_000_000), 1_000_000, Integer.MAX_VALUE);
        int pending = values.wholeNumber("send.max-pending-bytes", 4_194_304, 2_000_000, 1_073_741_824);
        values.rejectTheRest();
        return new ServerConfig(address, ports, backlog, connections, grace, threads, memory, pending);
    }
}
