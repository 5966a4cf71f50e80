package dev.gserver.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of comma-separated values under target/results; the parts of the benchmark write them, the report reads them. */
final class Results {
    /** Where everything that a run makes goes. */
    static final Path FOLDER = Path.of("docs", "benchmarks", "target", "results");

    private final List<String> lines = new ArrayList<>();
    private final Path file;

    /** Results to be written to `name`.csv, with these columns. */
    Results(String name, String... columns) {
        file = FOLDER.resolve(name + ".csv");
        lines.add(String.join(",", columns));
    }

    /** Adds a row and prints it, so that whoever waits sees what is going on. */
    void add(Object... cells) {
        List<String> texts = Arrays.stream(cells).map(Results::text).toList();
        lines.add(String.join(",", texts));
        System.out.println("  " + String.join("  ", texts));
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : String.valueOf(cell);
    }

    void write() throws IOException {
        Files.createDirectories(FOLDER);
        Files.write(file, lines);
    }

    /** The rows of `name`.csv, each by its columns' names; none if that part has not been run. */
    static List<Map<String, String>> read(String name) {
        Path file = FOLDER.resolve(name + ".csv");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            String[] columns = lines.get(0).split(",");
            return lines.stream().skip(1).map(line -> row(columns, line)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> row(String[] columns, String line) {
        String[] cells = line.split(",");
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < columns.length; i++) {
            row.put(columns[i], cells[i]);
        }
        return row;
    }
}
