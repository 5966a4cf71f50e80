import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one HTML page of a trace: a lane for each thread, a card for each step, an arrow where work goes from thread to
 * thread. Takes the steps' texts from the table of the notes, their places from the stage's sources, and everything that
 * one sees from trace-page.html beside this file. Run from the repository's top folder.
 */
public final class TracePage {
    private static final String USAGE = """
            usage: java docs/tools/TracePage.java STAGE OUT.html [TRACE.txt]
            STAGE is the folder of the stage that printed the trace; without TRACE.txt it is read from standard input.""";
    private static final Path TEMPLATE = Path.of("docs", "tools", "trace-page.html");
    private static final Path MAP = Path.of("docs", "notes-map.md");
    private static final int MOST_STEPS = 5_000; // more than that nobody reads, and a browser draws slowly

    private TracePage() {}

    public static void main(String[] args) {
        if (args.length < 2 || args.length > 3) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            make(Path.of(args[0]), Path.of(args[1]), args.length == 3 ? args[2] : null);
        } catch (NoSuchFileException e) {
            fail(e.getFile() + ": there is no such file or folder");
        } catch (FileSystemException e) {
            fail(e.getFile() + ": cannot be read or written" + (e.getReason() == null ? "" : ": " + e.getReason()));
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    private static void fail(String reason) {
        System.err.println("trace: " + reason);
        System.exit(1);
    }

    private static void make(Path stage, Path out, String trace) throws IOException {
        Map<String, Note> notes = Note.readAll(MAP);
        Map<String, List<Place>> places = Place.findAll(stage);
        Recording recording = Recording.read(trace);
        if (recording.steps().isEmpty()) {
            throw new IOException(
                    Recording.name(trace) + ": no line of a trace in it; expected lines such as "
                            + "'  12.34 ms  event-loop  gsx_event_accept.1  connection 0 (port ...): a client's socket accepted'");
        }
        String title = "gserver " + stage.normalize().getFileName();
        String data = new Page(title, recording, notes, places).json();
        String html = Files.readString(TEMPLATE).replace("{{title}}", title).replace("{{data}}", data);
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        Files.writeString(out, html);
        System.out.println(out);
    }

    /** One row of the table of the notes. */
    private record Note(int layer, String text, String code, String test) {
        private static final Pattern ROW =
                Pattern.compile("\\| `([^`]+)` \\| ([1-5]) \\| ([^|]+) \\| `([^`]+)` \\| `([^`]+)` \\|");

        static Map<String, Note> readAll(Path map) throws IOException {
            Map<String, Note> notes = new HashMap<>();
            for (String line : Files.readAllLines(map)) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    int layer = Integer.parseInt(row.group(2));
                    notes.put(row.group(1), new Note(layer, row.group(3), row.group(4), row.group(5)));
                }
            }
            return notes;
        }
    }

    /** A call of Trace.step: where it stands, what it says has happened, and the lines around it. */
    private record Place(String file, int line, String what, int firstLine, List<String> lines) {
        private static final Pattern CALL =
                Pattern.compile("Trace\\s*\\.step\\(\\s*\"([^\"]+)\"(.*?)\\);", Pattern.DOTALL);
        private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
        private static final int LINES_BEFORE = 4;
        private static final int LINES_AFTER = 3;

        static Map<String, List<Place>> findAll(Path stage) throws IOException {
            Map<String, List<Place>> places = new HashMap<>();
            try (Stream<Path> files = Files.walk(stage.resolve(Path.of("src", "main", "java")))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    find(file, places);
                }
            }
            return places;
        }

        private static void find(Path file, Map<String, List<Place>> places) throws IOException {
            List<String> lines = Files.readAllLines(file);
            String code = lines.stream()
                    .map(line -> line.strip().startsWith("//") ? "" : line)
                    .collect(Collectors.joining("\n"));
            Matcher call = CALL.matcher(code);
            while (call.find()) {
                int first = lineOf(code, call.start());
                int last = lineOf(code, call.end());
                int from = Math.max(first - LINES_BEFORE, 1);
                int to = Math.min(last + LINES_AFTER, lines.size());
                String name = file.toString().replace('\\', '/');
                places.computeIfAbsent(call.group(1), id -> new ArrayList<>())
                        .add(new Place(name, first, lastText(call.group(2)), from, lines.subList(from - 1, to)));
            }
        }

        private static int lineOf(String text, int offset) {
            return 1
                    + (int) text.substring(0, offset)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        }

        private static String lastText(String arguments) {
            return TEXT.matcher(arguments)
                    .results()
                    .reduce((one, next) -> next)
                    .map(text -> text.group(1))
                    .orElse("");
        }
    }

    /** What the trace, or the demo between its steps, has printed: one line, or some that belong together. */
    private interface Item {}

    /** A step; {@code subject} is its connection, or empty. */
    private record Step(double millis, String thread, String id, String subject, String what, String raw)
            implements Item {
        private static final Pattern LINE = Pattern.compile("\\s*(\\d+)[.,](\\d+) ms {2}(\\S.*?) {2,}(\\S+) {2,}(.*)");
        private static final Pattern OF_CONNECTION =
                Pattern.compile("(?:(.*) of )?(connection \\d+ \\([^)]*\\)): (.*)");

        static Step parse(String line) {
            Matcher step = LINE.matcher(line);
            if (!step.matches()) {
                return null;
            }
            double millis = Double.parseDouble(step.group(1) + "." + step.group(2));
            Matcher of = OF_CONNECTION.matcher(step.group(5));
            boolean ofConnection = of.matches();
            String subject = ofConnection ? of.group(2) : "";
            String what = ofConnection ? of.group(3) : step.group(5);
            if (ofConnection && of.group(1) != null) {
                what = of.group(1) + ": " + what;
            }
            return new Step(millis, step.group(3), step.group(4), subject, what, line.strip());
        }
    }

    /** What stands between the steps; {@code kind} is act, client, log, hidden or text. */
    private record Remark(String kind, String text) implements Item {
        private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

        static {
            KINDS.put("act", Pattern.compile("==> (.*)"));
            KINDS.put("client", Pattern.compile(" {4}client: (.*)"));
            KINDS.put("hidden", Pattern.compile(" {4}\\((and \\d+ more steps .*)\\)"));
            KINDS.put("log", Pattern.compile("\\d{4}-\\d\\d-\\d\\d [0-9:.]+ ([A-Z]+ .*)"));
            KINDS.put("text", Pattern.compile("(.*)"));
        }

        static Remark parse(String line) {
            for (Map.Entry<String, Pattern> kind : KINDS.entrySet()) {
                Matcher remark = kind.getValue().matcher(line);
                if (remark.matches()) {
                    return new Remark(kind.getKey(), remark.group(1));
                }
            }
            throw new IllegalStateException(line);
        }

        boolean goesOnWith(Remark next) {
            return kind.equals("act") && next.kind.equals("act");
        }
    }

    /**
     * A whole trace. Threads may have printed a step a little later than another that they took before: between two
     * remarks the steps are put in the order of their times.
     */
    private record Recording(List<Item> items) {
        static Recording read(String file) throws IOException {
            try (InputStream in = file == null ? System.in : Files.newInputStream(Path.of(file))) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(name(file) + ": cannot be read: " + e.getMessage(), e);
            }
        }

        static String name(String file) {
            return file == null ? "standard input" : file;
        }

        private static Recording parse(List<String> lines) {
            List<Item> items = new ArrayList<>();
            List<Step> run = new ArrayList<>();
            int steps = 0;
            for (String line : lines) {
                Step step = Step.parse(line);
                if (step == null) {
                    flush(run, items);
                    addRemark(steps <= MOST_STEPS ? line : "", items);
                } else if (++steps <= MOST_STEPS) {
                    run.add(step);
                }
            }
            flush(run, items);
            if (steps > MOST_STEPS) {
                items.add(new Remark("hidden", "and " + (steps - MOST_STEPS) + " more steps: too many for one page"));
            }
            return new Recording(items);
        }

        private static void flush(List<Step> run, List<Item> items) {
            run.sort(Comparator.comparingDouble(Step::millis));
            items.addAll(run);
            run.clear();
        }

        private static void addRemark(String line, List<Item> items) {
            if (line.isBlank()) {
                return;
            }
            Remark remark = Remark.parse(line);
            Item last = items.isEmpty() ? null : items.get(items.size() - 1);
            if (last instanceof Remark before && before.goesOnWith(remark)) {
                items.set(items.size() - 1, new Remark("act", before.text() + " " + remark.text()));
            } else {
                items.add(remark);
            }
        }

        List<Step> steps() {
            return items.stream()
                    .filter(Step.class::isInstance)
                    .map(Step.class::cast)
                    .toList();
        }
    }

    /** A step after which work goes on in another thread, with the step {@code to}. */
    private record HandOver(String from, String what, String to, boolean sameConnection) {
        static final List<HandOver> ALL = List.of(
                new HandOver("inMsgRecvQueueAndSignal.1", "", "ThreadFunc.2", true),
                new HandOver("msgSend.2", "", "ServerSendQueueThread.1", true),
                new HandOver("ServerSendQueueThread.5", "part sent", "gsx_write_request_handler.1", true),
                new HandOver("AddToTimerQueue.1", "", "GetOverTimeTimer.2-1", true),
                new HandOver("procPingTimeOutChecking.1", "", "gsx_epoll_process_events.1", false));

        boolean starts(Step step) {
            return step.id().equals(from) && step.what().contains(what);
        }

        /** Takes those out of {@code underWay} that arrive with a step of {@code connection}. */
        List<Integer> take(Map<String, Integer> underWay, String connection) {
            if (sameConnection) {
                return Stream.ofNullable(underWay.remove(connection)).toList();
            }
            List<Integer> all = List.copyOf(underWay.values());
            underWay.clear();
            return all;
        }
    }

    /** Finds where each hand-over of a recording arrives. Of a connection at most one of a kind is under way at a time. */
    private static final class Arrows {
        private final List<Item> items;
        private final Map<HandOver, Map<String, Integer>> underWay = new HashMap<>(); // connection, index of the item
        private final Set<String> seen = new HashSet<>(); // ids of this act
        private final List<int[]> found = new ArrayList<>();

        Arrows(List<Item> items) {
            this.items = items;
            HandOver.ALL.forEach(kind -> underWay.put(kind, new TreeMap<>()));
        }

        List<int[]> find() {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Step step) {
                    arrive(step, i);
                    leave(step, i);
                } else {
                    note((Remark) items.get(i));
                }
            }
            return found;
        }

        private void arrive(Step step, int index) {
            seen.add(step.id());
            for (HandOver kind : HandOver.ALL) {
                if (kind.to().equals(step.id())) {
                    for (int source : kind.take(underWay.get(kind), step.subject())) {
                        connect(source, index);
                    }
                }
            }
        }

        private void connect(int source, int target) {
            if (!((Step) items.get(source)).thread().equals(((Step) items.get(target)).thread())) {
                found.add(new int[] {source, target});
            }
        }

        private void leave(Step step, int index) {
            for (HandOver kind : HandOver.ALL) {
                if (kind.starts(step)) {
                    underWay.get(kind).put(step.subject(), index);
                }
            }
        }

        /** Steps that were left out look like some that were not: what is under way may have arrived at one of them. */
        private void note(Remark remark) {
            if (remark.kind().equals("hidden")) {
                underWay.forEach((kind, sources) -> {
                    if (seen.contains(kind.to())) {
                        sources.clear();
                    }
                });
            } else if (remark.kind().equals("act")) {
                seen.clear();
            }
        }
    }

    /** The lanes: one for each thread, in the order of the layers; workers that did nothing but wait share one. */
    private static final class Lanes {
        private static final List<String> ORDER = List.of("main", "event-loop", "worker", "send", "timer");
        private final Map<String, Integer> laneOfThread = new HashMap<>();
        private final List<String> names = new ArrayList<>();

        Lanes(Recording recording) {
            TreeSet<String> threads = new TreeSet<>(Comparator.comparingInt(Lanes::rank)
                    .thenComparingInt(Lanes::number)
                    .thenComparing(name -> name));
            recording.steps().forEach(step -> threads.add(step.thread()));
            if (recording.items().stream()
                    .anyMatch(item -> item instanceof Remark r && r.kind().equals("client"))) {
                threads.add("main"); // the demo's client runs there
            }
            TreeSet<String> idle = new TreeSet<>(threads);
            idle.removeIf(thread -> !thread.startsWith("worker-"));
            recording.steps().stream()
                    .filter(step -> !step.id().equals("ThreadFunc.1"))
                    .forEach(step -> idle.remove(step.thread()));
            threads.forEach(thread -> add(thread, idle.contains(thread) && idle.size() > 1, idle.size()));
        }

        private void add(String thread, boolean shares, int idle) {
            String name = shares ? idle + " idle workers" : thread;
            if (!names.contains(name)) {
                names.add(name);
            }
            laneOfThread.put(thread, names.indexOf(name));
        }

        private static int rank(String thread) {
            int rank = ORDER.indexOf(thread.replaceAll("-\\d+$", ""));
            return rank < 0 ? ORDER.size() : rank;
        }

        private static int number(String thread) {
            String digits = thread.replaceAll("\\D", "");
            return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
        }

        int of(Step step) {
            return laneOfThread.get(step.thread());
        }

        List<String> names() {
            return names;
        }
    }

    /** What trace-page.html is given, as JSON. */
    private record Page(String title, Recording recording, Map<String, Note> notes, Map<String, List<Place>> places) {
        String json() {
            Lanes lanes = new Lanes(recording);
            List<String> connections = recording.steps().stream()
                    .map(Step::subject)
                    .filter(subject -> !subject.isEmpty())
                    .distinct()
                    .sorted(Comparator.comparing(subject -> subject.contains("(port ")))
                    .toList();
            List<String> ids =
                    recording.steps().stream().map(Step::id).distinct().toList();
            return object(
                    "title", quote(title),
                    "lanes", array(lanes.names().stream().map(Page::quote)),
                    "connections", array(connections.stream().map(Page::quote)),
                    "notes", "{" + ids.stream().map(this::note).collect(Collectors.joining(",\n")) + "}",
                    "items", array(recording.items().stream().map(item -> item(item, lanes, connections))),
                    "arrows",
                            array(new Arrows(recording.items())
                                    .find().stream().map(a -> a[0] + "," + a[1]).map(pair -> "[" + pair + "]")));
        }

        private String note(String id) {
            Note note = notes.getOrDefault(id, new Note(0, "a step that the notes do not have", "", ""));
            return quote(id) + ":"
                    + object(
                            "layer", Integer.toString(note.layer()),
                            "text", quote(note.text()),
                            "code", quote(note.code()),
                            "test", quote(note.test()),
                            "places",
                                    array(places.getOrDefault(id, List.of()).stream()
                                            .map(Page::place)));
        }

        private static String place(Place place) {
            return object(
                    "file", quote(place.file()),
                    "line", Integer.toString(place.line()),
                    "what", quote(place.what()),
                    "firstLine", Integer.toString(place.firstLine()),
                    "lines", array(place.lines().stream().map(Page::quote)));
        }

        private static String item(Item item, Lanes lanes, List<String> connections) {
            if (item instanceof Remark remark) {
                return object("kind", quote(remark.kind()), "text", quote(remark.text()));
            }
            Step step = (Step) item;
            return object(
                    "ms", Double.toString(step.millis()),
                    "lane", Integer.toString(lanes.of(step)),
                    "thread", quote(step.thread()),
                    "id", quote(step.id()),
                    "connection", Integer.toString(connections.indexOf(step.subject())),
                    "what", quote(step.what()),
                    "raw", quote(step.raw()));
        }

        private static String object(String... namesAndValues) {
            List<String> members = new ArrayList<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                members.add(quote(namesAndValues[i]) + ":" + namesAndValues[i + 1]);
            }
            return "{" + String.join(",", members) + "}";
        }

        private static String array(Stream<String> values) {
            return values.collect(Collectors.joining(",\n", "[", "]"));
        }

        /** A string of JSON that may stand in an element of HTML: nothing in it opens or ends one. */
        private static String quote(String text) {
            StringBuilder out = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                boolean plain = c >= ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0;
                out.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
            return out.append('"').toString();
        }
    }
}
