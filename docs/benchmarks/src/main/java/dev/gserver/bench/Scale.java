package dev.gserver.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What connections cost that do nothing, and what an idle server and its start cost. */
final class Scale {
    private static final int MANY = 10_000;
    private static final int ROUNDS = 5;
    private static final double SECONDS = 2;
    private static final long IDLE_SECONDS = 10;

    /** Starts a server that has room for so many connections. */
    private interface Starter {
        Server start(int connections) throws IOException;
    }

    private Scale() {}

    static void run() throws IOException, InterruptedException {
        memory();
        besideIdle();
        idleCpu();
        startUp();
    }

    private static Map<String, Starter> servers() {
        String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
        Map<String, Starter> servers = new LinkedHashMap<>();
        servers.put("the JDK alone", connections -> Server.peer(BareServer.class));
        servers.put(Throughput.STAGE_5, Scale::stage5);
        servers.put(Throughput.NETTY_INLINE, connections -> Server.peer(NettyServer.class, "inline", cores, "0"));
        servers.put(Throughput.THREADS, connections -> Server.peer(ThreadPerConnectionServer.class));
        return servers;
    }

    private static Server stage5(int connections) throws IOException {
        return Server.stage(5, List.of("-Dgserver.worker.connections=" + (connections + 100)));
    }

    /** The empty server has a pool of the least size: what is made in advance counts as the connections' own. */
    private static void memory() throws IOException {
        System.out.println("memory of an idle connection: server, connections, heap bytes each, direct bytes each");
        Results results = new Results("memory", "server", "connections", "heap", "direct");
        for (Map.Entry<String, Starter> entry : servers().entrySet()) {
            for (int connections : new int[] {1_000, MANY}) {
                Memory empty;
                try (Server server = entry.getValue().start(0)) {
                    empty = Memory.of(server);
                }
                try (Server server = entry.getValue().start(connections);
                        Clients clients = new Clients()) {
                    clients.hold(server, connections);
                    Memory full = Memory.of(server);
                    results.add(
                            entry.getKey(),
                            connections,
                            (double) (full.heap() - empty.heap()) / connections,
                            (double) (full.direct() - empty.direct()) / connections);
                }
            }
        }
        results.write();
    }

    private static void besideIdle() throws IOException {
        System.out.println("64 × 32 alone, and beside " + MANY + " idle connections: server, round, alone/s, beside/s");
        Results results = new Results("beside", "server", "round", "alone", "beside");
        Load load = new Load(64, 32, 5);
        for (String name : List.of(Throughput.STAGE_5, Throughput.NETTY_INLINE)) {
            try (Server server = servers().get(name).start(MANY + 64);
                    Clients clients = new Clients()) {
                clients.load(server, load, SECONDS, SECONDS);
                for (int round = 1; round <= ROUNDS; round++) {
                    double alone = clients.load(server, load, 0.5, SECONDS).get("perSecond");
                    clients.hold(server, MANY);
                    double beside = clients.load(server, load, 0.5, SECONDS).get("perSecond");
                    clients.release();
                    results.add(name, round, alone, beside);
                }
            }
        }
        results.write();
    }

    private static void idleCpu() throws IOException, InterruptedException {
        System.out.println("CPU of an idle server: server, idle connections, milliseconds of CPU in a second");
        Results results = new Results("idle", "server", "connections", "cpu");
        for (Map.Entry<String, Starter> entry : servers().entrySet()) {
            try (Server server = entry.getValue().start(1_000);
                    Clients clients = new Clients()) {
                for (int connections : new int[] {0, 1_000}) {
                    clients.hold(server, connections);
                    TimeUnit.SECONDS.sleep(2); // what the start and the new connections set going is over
                    long before = cpu(server);
                    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                    results.add(entry.getKey(), connections, (cpu(server) - before) / 1e6 / IDLE_SECONDS);
                }
            }
        }
        results.write();
    }

    private static long cpu(Server server) {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow();
    }

    private static void startUp() throws IOException {
        System.out.println("start: server, round, milliseconds until it listens");
        Results results = new Results("start", "server", "round", "millis");
        for (int round = 1; round <= ROUNDS; round++) {
            for (Map.Entry<String, Starter> entry : servers().entrySet()) {
                long start = System.nanoTime();
                try (Server server = entry.getValue().start(2_000)) {
                    results.add(entry.getKey(), round, (System.nanoTime() - start) / 1e6);
                }
            }
        }
        results.write();
    }
}
