package dev.gserver.races;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what Lincheck prints of an order: a table with a column for each thread, a row for each step, calls indented. Of
 * that it keeps what the scenario's threads do in lines of the stage and of the scenario, without what only gets at an
 * object.
 */
final class Interleaving {
    static final String TITLE = "Detailed trace:";
    private static final String HANGS = "All unfinished threads are in "; // deadlock or livelock
    private static final Pattern PLACE = Pattern.compile("(.*) at \\S+\\((\\w+\\.java):(\\d+)\\)(?: \\[.*])?");
    private static final Pattern CREATED = Pattern.compile("Thread\\.<init>\\(.*\"(.+)\"\\): (Thread#\\d+) at .*");

    /** Where a source is, and its lines. */
    record Source(String path, List<String> lines) {}

    /** What is read: the names of the threads, and what they do. */
    record Schedule(List<String> threads, List<Event> events) {}

    private final Map<String, Source> sources;
    private final Map<String, String> names = new HashMap<>(); // of threads, by Lincheck's names for them
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, Deque<Integer>> open = new HashMap<>(); // the indents of the calls that are kept

    private Interleaving(Map<String, Source> sources) {
        this.sources = sources;
    }

    /**
     * Reads {@code report}.
     *
     * @param sources by file name: those whose lines are kept
     */
    static Schedule read(String report, Map<String, Source> sources) {
        int start = report.indexOf(TITLE);
        if (start < 0) {
            throw new Refusal("Lincheck's report has no line \"" + TITLE + "\"");
        }
        List<String> rows = report.substring(start)
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("| ---"))
                .toList();
        String head = rows.get(0);
        List<Integer> bars = new ArrayList<>();
        for (int at = head.indexOf('|'); at >= 0; at = head.indexOf('|', at + 1)) {
            bars.add(at);
        }
        Interleaving interleaving = new Interleaving(sources);
        rows.stream().skip(1).forEach(row -> interleaving.row(row, bars));
        List<String> columns = Stream.of(head.split("\\|"))
                .map(String::strip)
                .filter(cell -> cell.startsWith("Thread "))
                .map(cell -> interleaving.names.getOrDefault(cell.replace("Thread ", "Thread#"), cell))
                .toList();
        List<String> threads = columns.stream().distinct().toList(); // one may come back in the scenario's next part
        List<Event> events = interleaving.events.stream()
                .map(event -> event.in(threads.indexOf(columns.get(event.thread()))))
                .toList();
        return new Schedule(threads, new Tidy(events, report.contains(HANGS)).events());
    }

    private void row(String row, List<Integer> bars) {
        for (int column = 0; column + 1 < bars.size(); column++) {
            String cell =
                    row.substring(bars.get(column) + 2, bars.get(column + 1)).replaceAll("[┌│└╶]+>?", " ");
            if (cell.isBlank()) {
                continue;
            }
            if (column == 0) {
                main(cell.strip());
            } else {
                step(column - 1, cell);
            }
        }
    }

    /** The main thread only sets up and checks; it tells the others' names. */
    private void main(String text) {
        Matcher created = CREATED.matcher(text);
        if (created.matches()) {
            names.put(created.group(2), created.group(1));
        }
    }

    private void step(int thread, String cell) {
        int indent = cell.length() - cell.stripLeading().length();
        String text = cell.strip();
        Deque<Integer> calls = open.computeIfAbsent(thread, key -> new ArrayDeque<>());
        while (!calls.isEmpty() && calls.peek() >= indent) {
            calls.pop();
        }
        Matcher place = PLACE.matcher(text);
        if (text.startsWith("switch")) {
            events.add(Event.of(thread, calls.size(), text, null, 0, null));
        } else if (place.matches() && sources.containsKey(place.group(2)) && !Tidy.leavesOut(place.group(1))) {
            Source source = sources.get(place.group(2));
            int line = Integer.parseInt(place.group(3));
            if (line == 0) { // the monitor of a synchronized method: as if it were entered where that is called
                Event call = lastOf(thread);
                events.add(Event.of(thread, calls.size(), place.group(1), call.file(), call.line(), call.source()));
            } else {
                String code = source.lines().get(line - 1).strip();
                events.add(Event.of(thread, calls.size(), place.group(1), source.path(), line, code));
            }
            calls.push(indent);
        }
    }

    private Event lastOf(int thread) {
        List<Event> own = events.stream()
                .filter(event -> event.thread() == thread && event.file() != null)
                .toList();
        return own.get(own.size() - 1);
    }
}
