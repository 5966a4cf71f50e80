package dev.gserver.bench;

import dev.gserver.timer.TimerQueueBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Measures the timer queues and writes the results down. */
final class TimerRun {
    /** What {@link TimerResult#size} can be. */
    static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);

    static final String STAGE_5 = "TimerQueue";
    static final String NETTY = "HashedWheelTimer";
    static final String HEAP = "PriorityQueue";

    private static final Path RESULTS = Path.of("docs", "benchmarks", "target", "results", "timer.csv");
    private static final double CONFIDENCE = 0.99;
    private static final int RATIO_ALLOWED = 3;

    /**
     * What was measured.
     *
     * @param operation add, expireAndPutBack or remove (which counts the new client that comes instead)
     * @param size number of clients in the queue
     * @param nanos mean time of one operation
     * @param error half the width of its 99 % confidence interval, in nanoseconds
     */
    record TimerResult(String queue, String operation, int size, double nanos, double error) {
        private static final String HEADER = "queue,operation,size,nanos,error";

        String csv() {
            return String.format(Locale.ROOT, "%s,%s,%d,%.1f,%.1f", queue, operation, size, nanos, error);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%-17s %-17s %,10d %,11.1f ± %,.1f ns", queue, operation, size, nanos, error);
        }
    }

    private TimerRun() {}

    /** Measures all, prints a line for each result, and writes them to a file, `args[0]` if there is one. */
    public static void main(String[] args) throws IOException, RunnerException {
        List<TimerResult> results = measure(System.out::println);
        write(results, args.length > 0 ? Path.of(args[0]) : RESULTS);
        for (String operation : List.of("expireAndPutBack", "remove")) {
            System.out.printf(
                    Locale.ROOT,
                    "%s of %s: %,d clients take %.1f times as long as %,d%n",
                    operation,
                    STAGE_5,
                    SIZES.get(SIZES.size() - 1),
                    growth(results, STAGE_5, operation),
                    SIZES.get(0));
        }
        System.out.printf(
                "at most %d for expireAndPutBack: %s%n",
                RATIO_ALLOWED, growth(results, STAGE_5, "expireAndPutBack") <= RATIO_ALLOWED ? "held" : "NOT HELD");
    }

    /** Measures all, in about four minutes, and shows each result as it comes. */
    static List<TimerResult> measure(Consumer<TimerResult> progress) throws RunnerException {
        List<TimerResult> results = new ArrayList<>();
        for (String operation : List.of("add", "expireAndPutBack", "remove")) {
            for (String queue : List.of(STAGE_5, NETTY, HEAP)) {
                if (queue.equals(NETTY) && operation.equals("expireAndPutBack")) {
                    continue; // its own thread does this, when the clock says so
                }
                for (int size : SIZES) {
                    results.add(measure(operation, queue, size));
                    progress.accept(results.get(results.size() - 1));
                }
            }
        }
        return results;
    }

    private static TimerResult measure(String operation, String queue, int size) throws RunnerException {
        boolean add = operation.equals("add");
        String method = add ? "addAll" : operation;
        Statistics statistics = new Runner(new OptionsBuilder()
                        .include("\\b" + TimerQueueBenchmark.class.getSimpleName() + "\\." + method + "$")
                        .param("queue", queue)
                        .param("size", String.valueOf(size))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getStatistics();
        int operations = add ? size : 1;
        return new TimerResult(
                queue,
                operation,
                size,
                statistics.getMean() / operations,
                statistics.getMeanErrorAt(CONFIDENCE) / operations);
    }

    /** How many times as long an operation takes with the most clients as with the fewest. */
    static double growth(List<TimerResult> results, String queue, String operation) {
        return nanos(results, queue, operation, SIZES.get(SIZES.size() - 1))
                / nanos(results, queue, operation, SIZES.get(0));
    }

    private static double nanos(List<TimerResult> results, String queue, String operation, int size) {
        return results.stream()
                .filter(result ->
                        result.queue.equals(queue) && result.operation.equals(operation) && result.size == size)
                .findFirst()
                .orElseThrow()
                .nanos;
    }

    /** Writes the results to {@code file} as CSV. */
    static void write(List<TimerResult> results, Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(TimerResult.HEADER));
        results.forEach(result -> lines.add(result.csv()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
