package dev.gserver.bench;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All servers under all loads, in turn, several rounds: so that what the machine does meanwhile hits each of them. */
final class Throughput {
    static final String STAGE_4 = "stage 4";
    static final String STAGE_5 = "stage 5";
    static final String NETTY_INLINE = "Netty inline";
    static final String NETTY_INLINE_ONE = "Netty inline (1 loop)";
    static final String NETTY_EPOLL = "Netty native epoll";
    static final String NETTY_EXECUTOR = "Netty executor";
    static final String THREADS = "thread per connection";
    static final String INLINE = "one Java thread inline";

    static final List<Load> LOADS = List.of(
            new Load(1, 1, 5), new Load(64, 1, 5), new Load(64, 32, 5), new Load(512, 4, 5), new Load(64, 32, 0));

    private static final int ROUNDS = 10;
    private static final double WARM_UP_SECONDS = 2; // in a round before the first, not counted
    private static final double SETTLE_SECONDS = 0.5;
    private static final double SECONDS = 2;

    private Throughput() {}

    static void run() throws IOException {
        Map<String, Server> servers = new LinkedHashMap<>();
        try (Clients clients = new Clients()) {
            start(servers);
            System.out.println("warming up ...");
            for (Load load : LOADS) {
                for (Server server : servers.values()) {
                    clients.load(server, load, WARM_UP_SECONDS, SETTLE_SECONDS);
                }
            }
            Results results =
                    new Results("throughput", "round", "load", "server", "perSecond", "p50", "p99", "p999", "cpu");
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.println("round " + round + " of " + ROUNDS
                        + ": load, server, requests/s, p50 p99 p99.9 in µs, CPU s per million");
                for (Load load : LOADS) {
                    for (Map.Entry<String, Server> entry : servers.entrySet()) {
                        Clients.Sample sample = clients.load(entry.getValue(), load, SETTLE_SECONDS, SECONDS);
                        add(results, round, load, entry.getKey(), sample);
                    }
                }
            }
            results.write();
        } finally {
            servers.values().forEach(Server::close);
        }
    }

    private static void add(Results results, int round, Load load, String server, Clients.Sample sample) {
        results.add(
                round,
                load,
                server,
                sample.get("perSecond"),
                sample.get("p50"),
                sample.get("p99"),
                sample.get("p999"),
                sample.get("cpuPerMillion"));
    }

    /** Of event loops and of threads for handlers each server has as many as the machine has processors. */
    private static void start(Map<String, Server> servers) throws IOException {
        String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
        servers.put(STAGE_5, Server.stage(5, List.of()));
        servers.put(STAGE_4, Server.stage(4, List.of()));
        servers.put(NETTY_INLINE, Server.peer(NettyServer.class, "inline", cores, "0"));
        servers.put(NETTY_INLINE_ONE, Server.peer(NettyServer.class, "inline", "1", "0"));
        if (Epoll.isAvailable()) {
            servers.put(NETTY_EPOLL, Server.peer(NettyServer.class, "epoll", cores, "0"));
        } else {
            System.out.println("left out: " + NETTY_EPOLL + " needs Linux on x86-64");
        }
        servers.put(NETTY_EXECUTOR, Server.peer(NettyServer.class, "executor", cores, cores));
        servers.put(THREADS, Server.peer(ThreadPerConnectionServer.class));
        servers.put(INLINE, Server.peer(InlineServer.class));
    }

    /** What stages 2 and 3, which do not answer, take in. Their line of log for each packet is turned off. */
    static void runIntake() throws IOException {
        Results results = new Results("intake", "round", "server", "perSecond", "cpu");
        System.out.println("packets taken in: round, server, packets/s, CPU s per million");
        List<String> quiet = List.of("-Djava.util.logging.config.file=docs/benchmarks/quiet-logging.properties");
        try (Clients clients = new Clients();
                Server stage2 = Server.stage(2, quiet);
                Server stage3 = Server.stage(3, quiet)) {
            Map<String, Server> servers = new LinkedHashMap<>();
            servers.put("stage 2", stage2);
            servers.put("stage 3", stage3);
            Load flood = new Load(64, 0, 5);
            for (int round = 0; round <= ROUNDS; round++) {
                for (Map.Entry<String, Server> entry : servers.entrySet()) {
                    Clients.Sample sample = clients.load(entry.getValue(), flood, SETTLE_SECONDS, SECONDS);
                    if (round > 0) {
                        results.add(round, entry.getKey(), sample.get("perSecond"), sample.get("cpuPerMillion"));
                    }
                }
            }
        }
        results.write();
    }
}
