package dev.gserver.bench;

import static dev.gserver.bench.Tables.distinct;
import static dev.gserver.bench.Tables.markdown;
import static dev.gserver.bench.Tables.median;
import static dev.gserver.bench.Tables.number;
import static dev.gserver.bench.Tables.numbers;
import static dev.gserver.bench.Tables.ratio;
import static dev.gserver.bench.Tables.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the results into tables and plots: report.md and *.svg beside them. */
final class Report {
    private static final Path PAGE = Path.of("docs", "benchmarks", "README.md");
    private static final String BEGIN = "<!-- results: written by ./course bench publish -->\n";
    private static final String END = "<!-- end of results -->\n";

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static void write() throws IOException {
        Report report = new Report();
        report.machine();
        report.throughput(Results.read("throughput"));
        report.intake(Results.read("intake"));
        report.memory(Results.read("memory"));
        report.beside(Results.read("beside"));
        report.idle(Results.read("idle"));
        report.start(Results.read("start"));
        report.timer(Results.read("timer"));
        Path file = Files.writeString(Results.FOLDER.resolve("report.md"), report.text);
        System.out.println("the report: " + file);
    }

    /** Puts the last report and its plots into the repository. */
    static void publish() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(PAGE + ": expected a line " + BEGIN.strip() + " and after it " + END.strip());
        }
        String report = Files.readString(Results.FOLDER.resolve("report.md"));
        Files.writeString(PAGE, page.substring(0, begin) + BEGIN + "\n" + report + "\n" + page.substring(end));
        try (Stream<Path> files = Files.list(Results.FOLDER)) {
            for (Path plot :
                    files.filter(file -> file.toString().endsWith(".svg")).toList()) {
                Files.copy(plot, PAGE.resolveSibling(plot.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        System.out.println("published in " + PAGE);
    }

    private void section(String title, String... paragraphs) {
        text.append("### ").append(title).append("\n\n");
        for (String paragraph : paragraphs) {
            text.append(paragraph).append("\n\n");
        }
    }

    private void table(List<List<String>> rows) {
        text.append(markdown(rows)).append("\n");
    }

    private void machine() throws IOException {
        text.append("Measured on ").append(LocalDate.now()).append(": ");
        text.append(Runtime.getRuntime().availableProcessors())
                .append(" processors (")
                .append(processor());
        text.append("), ").append(System.getProperty("os.name")).append(" ").append(System.getProperty("os.version"));
        text.append(", ").append(System.getProperty("java.vm.name")).append(" ").append(Runtime.version());
        text.append(". Servers and clients share the machine.\n\n");
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }

    private void throughput(List<Map<String, String>> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Set<String> servers = distinct(rows, "server");
        Set<String> loads = distinct(rows, "load");
        section("Requests a second", "Medians of the rounds; in brackets the slowest and the fastest round.");
        table(byLoad(loads, servers, (load, server) -> Tables.range(column(rows, "perSecond", load, server))));
        section(
                "Stage 5 as a multiple of the others",
                "Above 1: stage 5 answers more. The median of the ratios within each round.");
        table(byLoad(
                loads,
                servers.stream()
                        .filter(server -> !server.equals(Throughput.STAGE_5))
                        .toList(),
                (load, server) -> String.format(
                        Locale.ROOT,
                        "%.2f",
                        ratio(
                                column(rows, "perSecond", load, Throughput.STAGE_5),
                                column(rows, "perSecond", load, server)))));
        section("Latency in microseconds: median / p99 / p99.9", "Medians of the rounds.");
        table(byLoad(loads, servers, (load, server) -> Stream.of("p50", "p99", "p999")
                .map(name -> number(median(column(rows, name, load, server))))
                .collect(Collectors.joining(" / "))));
        section("CPU seconds of the server for a million requests");
        table(byLoad(loads, servers, (load, server) -> number(median(column(rows, "cpu", load, server)))));
        plots(rows, servers, loads);
    }

    private void plots(List<Map<String, String>> rows, Set<String> servers, Set<String> loads) throws IOException {
        Map<String, Map<String, Double>> throughput = new LinkedHashMap<>();
        for (String server : servers) {
            Map<String, Double> values = new LinkedHashMap<>();
            loads.forEach(load -> values.put(load, median(column(rows, "perSecond", load, server))));
            throughput.put(server, values);
        }
        Path file = Results.FOLDER.resolve("throughput.svg");
        Plots.bars(file, "Requests a second, by load", "requests a second, logarithmic", true, throughput);
        picture("Requests a second by load and server", "throughput.svg");
        for (String load : List.of("64 × 1", "64 × 32")) {
            Map<String, Plots.Latency> latencies = new LinkedHashMap<>();
            for (String server : servers) {
                latencies.put(server, latency(rows, load, server));
            }
            String name = "latency-" + load.replace(" × ", "x") + ".svg";
            Plots.latencies(Results.FOLDER.resolve(name), "Latency at " + load, latencies);
            picture("Latency percentiles at " + load, name);
        }
    }

    private static Plots.Latency latency(List<Map<String, String>> rows, String load, String server) {
        return new Plots.Latency(
                median(column(rows, "p50", load, server)),
                median(column(rows, "p99", load, server)),
                median(column(rows, "p999", load, server)));
    }

    private void picture(String what, String file) {
        text.append("![").append(what).append("](").append(file).append(")\n\n");
    }

    private static double[] column(List<Map<String, String>> rows, String name, String load, String server) {
        return numbers(rows, name, "load", load, "server", server);
    }

    private interface Cell {
        String of(String load, String server);
    }

    private static List<List<String>> byLoad(Iterable<String> loads, Iterable<String> servers, Cell cell) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("load"));
        servers.forEach(head::add);
        rows.add(head);
        for (String load : loads) {
            List<String> cells = new ArrayList<>(List.of(load));
            servers.forEach(server -> cells.add(cell.of(load, server)));
            rows.add(cells);
        }
        return rows;
    }

    private void intake(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        section("Packets taken in by the stages that do not answer", "64 clients that send as fast as they can.");
        table(byServer(
                rows,
                "server",
                List.of("packets a second", "CPU s per million"),
                server -> List.of(
                        Tables.range(numbers(rows, "perSecond", "server", server)),
                        number(median(numbers(rows, "cpu", "server", server))))));
    }

    private static List<List<String>> byServer(
            List<Map<String, String>> rows, String key, List<String> head, Function<String, List<String>> cells) {
        List<List<String>> table = new ArrayList<>();
        table.add(row(key, head));
        distinct(rows, key).forEach(value -> table.add(row(value, cells.apply(value))));
        return table;
    }

    private void memory(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        section(
                "Memory of an idle connection, in bytes",
                "On the heap and in direct buffers, all that is made in advance included; \"own\" is the heap without"
                        + " what the JDK itself needs for a connection.");
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("server", "1,000: heap", "own", "direct", "10,000: heap", "own", "direct"));
        String jdk = distinct(rows, "server").iterator().next();
        for (String server : distinct(rows, "server")) {
            List<String> cells = new ArrayList<>(List.of(server));
            for (String count : distinct(rows, "connections")) {
                double heap = median(numbers(rows, "heap", "server", server, "connections", count));
                double own = heap - median(numbers(rows, "heap", "server", jdk, "connections", count));
                cells.add(number(heap));
                cells.add(server.equals(jdk) ? "" : number(own));
                cells.add(number(median(numbers(rows, "direct", "server", server, "connections", count))));
            }
            table.add(cells);
        }
        table(table);
    }

    private void beside(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        section("64 × 32 with 10,000 idle connections beside it", "Requests a second, and the share that is kept.");
        table(byServer(rows, "server", List.of("alone", "beside the idle ones", "kept"), server -> {
            double[] alone = numbers(rows, "alone", "server", server);
            double[] beside = numbers(rows, "beside", "server", server);
            return List.of(Tables.range(alone), Tables.range(beside), Math.round(100 * ratio(beside, alone)) + " %");
        }));
    }

    private void idle(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        section("CPU of an idle server", "Milliseconds in a second, without connections and with 1,000 idle ones.");
        table(byServer(
                rows,
                "server",
                List.of("no connection", "1,000 connections"),
                server -> List.of(
                        number(median(numbers(rows, "cpu", "server", server, "connections", "0"))),
                        number(median(numbers(rows, "cpu", "server", server, "connections", "1000"))))));
    }

    private void start(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        section("Start", "Milliseconds from the start of the process until it listens.");
        table(byServer(
                rows,
                "server",
                List.of("ms"),
                server -> List.of(Tables.range(numbers(rows, "millis", "server", server)))));
    }

    private void timer(List<Map<String, String>> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        section("The timer queue, in nanoseconds an operation", "By the number of clients that it holds.");
        List<List<String>> table = new ArrayList<>();
        Set<String> sizes = distinct(rows, "size");
        table.add(row(
                "queue and operation",
                sizes.stream().map(size -> number(Double.parseDouble(size))).toList()));
        for (String queue : distinct(rows, "queue")) {
            for (String operation : distinct(rows, "operation")) {
                List<String> cells = sizes.stream()
                        .map(size -> numbers(rows, "nanos", "queue", queue, "operation", operation, "size", size))
                        .map(nanos -> nanos.length == 0 ? "-" : number(median(nanos)))
                        .toList();
                if (cells.stream().anyMatch(cell -> !cell.equals("-"))) {
                    table.add(row(queue + ": " + operation, cells));
                }
            }
        }
        table(table);
        growth(rows);
    }

    private void growth(List<Map<String, String>> rows) throws IOException {
        for (String operation : distinct(rows, "operation")) {
            Map<String, SortedMap<Integer, Double>> series = new LinkedHashMap<>();
            for (Map<String, String> row : rows) {
                if (row.get("operation").equals(operation)) {
                    series.computeIfAbsent(row.get("queue"), absent -> new TreeMap<>())
                            .put(Integer.valueOf(row.get("size")), Double.valueOf(row.get("nanos")));
                }
            }
            String name = "timer-" + operation + ".svg";
            String title = "What " + operation + " costs as the queue grows";
            Plots.lines(Results.FOLDER.resolve(name), title, "clients", "nanoseconds", series);
            picture(title, name);
        }
    }
}
