package dev.gserver.config;

import java.net.InetAddress;
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
 */
public record ServerConfig(InetAddress listenAddress, List<Integer> listenPorts, int listenBacklog) {
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
        values.rejectTheRest();
        return new ServerConfig(address, ports, backlog);
    }
}
