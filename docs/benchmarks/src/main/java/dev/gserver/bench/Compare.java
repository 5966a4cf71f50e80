package dev.gserver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Two jars of a stage beside each other: whether the new one is as fast as the old one. Both run all the time, and the
 * loads are put on them in turns (old, new, new, old), so that what the machine does meanwhile hits both. One pair of
 * processes may differ from the next although the jars are the same, so the pairs can be started several times.
 */
final class Compare {
    private static final List<Load> LOADS = List.of(
            new Load(1, 1, 5), new Load(64, 1, 5), new Load(64, 32, 5), new Load(512, 4, 5), new Load(64, 32, 0));
    private static final Load BESIDE_IDLE = new Load(64, 32, 5);
    private static final int IDLE = 10_000;
    private static final int SPARE_DESCRIPTORS = 1_100;
    private static final double WARM_UP_SECONDS = 4;
    private static final double SETTLE_SECONDS = 0.3;

    private final Path oldJar;
    private final Path newJar;
    private final double seconds;
    private final Map<String, List<Round>> results = new LinkedHashMap<>();

    /** What one round measured, both turns of each jar taken together. */
    private record Round(double oldPerSecond, double newPerSecond, double oldCpu, double newCpu) {}

    private Compare(Path oldJar, Path newJar, double seconds) {
        this.oldJar = oldJar;
        this.newJar = newJar;
        this.seconds = seconds;
    }

    /** Compares two jars: {@code OLD NEW [SECONDS [ROUNDS [STARTS]]]}, which ./course has checked. */
    static void run(List<String> args) throws IOException {
        Path folder =
                Files.createTempDirectory("compare"); // a jar that is written over breaks the JVM that runs from it
        try {
            Path oldJar = Files.copy(Path.of(args.get(0)), folder.resolve("old.jar"));
            Path newJar = Files.copy(Path.of(args.get(1)), folder.resolve("new.jar"));
            Compare compare = new Compare(oldJar, newJar, Double.parseDouble(argument(args, 2, "2")));
            int rounds = Integer.parseInt(argument(args, 3, "10"));
            int starts = Integer.parseInt(argument(args, 4, "1"));
            for (int start = 1; start <= starts; start++) {
                compare.start(start, starts, rounds);
            }
            compare.report();
        } finally {
            Files.deleteIfExists(folder.resolve("old.jar"));
            Files.deleteIfExists(folder.resolve("new.jar"));
            Files.delete(folder);
        }
    }

    private static String argument(List<String> args, int place, String otherwise) {
        return args.size() > place ? args.get(place) : otherwise;
    }

    private void start(int start, int starts, int rounds) throws IOException {
        System.out.printf("start %d of %d: warming up ...%n", start, starts);
        List<String> options = List.of("-Dgserver.worker.connections=" + (IDLE + SPARE_DESCRIPTORS));
        boolean oldFirst = start % 2 == 1;
        try (Server first = Server.jar(oldFirst ? oldJar : newJar, options);
                Server second = Server.jar(oldFirst ? newJar : oldJar, options);
                Clients clients = new Clients()) {
            Server oldServer = oldFirst ? first : second;
            Server newServer = oldFirst ? second : first;
            for (Load load : LOADS) {
                clients.load(oldServer, load, 0, WARM_UP_SECONDS);
                clients.load(newServer, load, 0, WARM_UP_SECONDS);
            }
            for (int round = 1; round <= rounds; round++) {
                System.out.printf("start %d of %d, round %d of %d%n", start, starts, round, rounds);
                for (Load load : LOADS) {
                    measure(load.toString(), load, clients, oldServer, newServer);
                }
            }
            besideIdle(rounds, clients, oldServer, newServer);
        }
    }

    /** The idle connections of both servers stay meanwhile, each server's in a process of its own. */
    private void besideIdle(int rounds, Clients clients, Server oldServer, Server newServer) throws IOException {
        if (descriptors() < IDLE + SPARE_DESCRIPTORS) {
            System.out.printf(
                    "not beside %d idle connections: expected %d descriptors a process (ulimit -n), there are %d%n",
                    IDLE, IDLE + SPARE_DESCRIPTORS, descriptors());
            return;
        }
        try (Clients oldIdle = new Clients();
                Clients newIdle = new Clients()) {
            oldIdle.hold(oldServer, IDLE);
            newIdle.hold(newServer, IDLE);
            for (int round = 0; round <= rounds; round++) {
                if (round == 0) {
                    clients.load(oldServer, BESIDE_IDLE, 0, WARM_UP_SECONDS);
                    clients.load(newServer, BESIDE_IDLE, 0, WARM_UP_SECONDS);
                } else {
                    String name = BESIDE_IDLE + " beside " + IDLE + " idle";
                    measure(name, BESIDE_IDLE, clients, oldServer, newServer);
                }
            }
        }
    }

    private static long descriptors() throws IOException {
        Path limits = Path.of("/proc/self/limits");
        if (!Files.exists(limits)) {
            return 0;
        }
        return Files.readAllLines(limits).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("  +")[2]) // the JVM raises the soft limit to the hard one
                .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
                .findFirst()
                .orElse(0);
    }

    private void measure(String name, Load load, Clients clients, Server oldServer, Server newServer)
            throws IOException {
        Clients.Sample[] samples = new Clients.Sample[4];
        for (int turn = 0; turn < samples.length; turn++) {
            Server server = turn == 0 || turn == 3 ? oldServer : newServer;
            samples[turn] = clients.load(server, load, SETTLE_SECONDS, seconds);
        }
        Round round = new Round(
                mean("perSecond", samples[0], samples[3]),
                mean("perSecond", samples[1], samples[2]),
                mean("cpuPerMillion", samples[0], samples[3]),
                mean("cpuPerMillion", samples[1], samples[2]));
        results.computeIfAbsent(name, absent -> new ArrayList<>()).add(round);
        System.out.printf(
                Locale.ROOT,
                "  %-30s old %10s  new %10s  new/old %.3f%n",
                name,
                Tables.number(round.oldPerSecond),
                Tables.number(round.newPerSecond),
                round.newPerSecond / round.oldPerSecond);
    }

    private static double mean(String name, Clients.Sample first, Clients.Sample second) {
        return (first.get(name) + second.get(name)) / 2;
    }

    private void report() {
        System.out.println("new/old: the ratio of the medians; the rounds' own ratios: middle half, and all");
        System.out.printf(
                "%-30s %10s %10s %8s  %-14s %-14s %s%n",
                "load", "old/s", "new/s", "new/old", "middle half", "all rounds", "CPU new/old");
        results.forEach((name, rounds) -> {
            double oldMedian = Tables.median(numbers(rounds, Round::oldPerSecond));
            double newMedian = Tables.median(numbers(rounds, Round::newPerSecond));
            double[] ratios = numbers(rounds, round -> round.newPerSecond / round.oldPerSecond);
            Arrays.sort(ratios);
            int quarter = (ratios.length - 1) / 4;
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %10s %10s %8.3f  %.3f to %.3f %.3f to %.3f %.3f%n",
                    name,
                    Tables.number(oldMedian),
                    Tables.number(newMedian),
                    newMedian / oldMedian,
                    ratios[quarter],
                    ratios[ratios.length - 1 - quarter],
                    ratios[0],
                    ratios[ratios.length - 1],
                    Tables.median(numbers(rounds, Round::newCpu)) / Tables.median(numbers(rounds, Round::oldCpu)));
        });
    }

    private static double[] numbers(List<Round> rounds, ToDoubleFunction<Round> number) {
        return rounds.stream().mapToDouble(number).toArray();
    }
}
