package dev.gserver.tools.trace;

import com.google.gson.Gson;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.demo.Demo;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.trace.Recording.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes one HTML page of a trace: a lane for each thread, a card for each step, an arrow where work goes from thread to
 * thread. The steps' texts are those of the table of the notes, their places those of the stage's sources; everything
 * that one sees comes from the resources beside this class.
 */
public final class TracePage {
    private static final List<String> SCRIPTS = List.of("common.js", "page.js", "layout.js", "panel.js");
    private static final int LINES_BEFORE = 4;
    private static final int LINES_AFTER = 3;

    private final Stage stage;
    private final Texts texts;
    private final Recording recording;
    private final NotesMap notes;
    private final Map<String, List<Place>> places = new HashMap<>(); // by the id of the step

    TracePage(Project project, Stage stage, Recording recording) {
        this.stage = stage;
        this.texts = project.texts();
        this.recording = texts.isChinese() ? recording.inChinese() : recording;
        this.notes = NotesMap.read(project);
        for (JavaSource source : JavaSource.parse(Folders.texts(stage.main())).sources()) {
            List<String> lines = source.text().lines().toList();
            String name = project.name(stage.main()) + "/" + source.path();
            for (JavaSource.StepCall call : source.steps(source.unit())) {
                int from = Math.max(call.line() - LINES_BEFORE, 1);
                int to = Math.min(call.lastLine() + LINES_AFTER, lines.size());
                places.computeIfAbsent(call.id(), id -> new ArrayList<>())
                        .add(new Place(name, call.line(), call.what(), from, lines.subList(from - 1, to)));
            }
        }
    }

    /** Runs the demo of a stage, and makes its page in both languages. */
    public static void writeBoth(Project project, Stage stage, Path english, Path chinese)
            throws IOException, InterruptedException {
        Recording recording = Recording.parse(demo(project, stage));
        Folders.write(english, new TracePage(project.in(Texts.ENGLISH), stage, recording).html());
        Folders.write(chinese, new TracePage(project.in(Texts.CHINESE), stage, recording).html());
    }

    /** Makes the page of the demo of a stage, or of the trace in {@code file}, if that is not null. */
    public static void write(Project project, Stage stage, Path file, Path page)
            throws IOException, InterruptedException {
        Recording recording = Recording.parse(file == null ? demo(project, stage) : read(file));
        if (recording.steps().isEmpty()) {
            throw Refusal.ofWork((file == null ? "the demo of " + stage.name() : file)
                    + ": no line of a trace in it; expected lines such as "
                    + "'  12.34 ms  event-loop  connection 0 (port ...): a client's socket accepted"
                    + "  [gsx_event_accept.1]'");
        }
        TracePage trace = new TracePage(project, stage, recording);
        if (file != null) {
            trace.checkStage(file);
        }
        Folders.write(page, trace.html());
    }

    /** What a server prints when it is ready names its stage; without that line, a step may be of a later one. */
    private void checkStage(Path file) {
        Optional<String> other = recording.server().isPresent()
                ? recording.server().filter(name -> !name.equals(stage.name()))
                : recording.steps().stream()
                        .flatMap(step -> notes.step(step.id()).stream())
                        .filter(step -> step.home() > stage.number())
                        .max(Comparator.comparingInt(NotesMap.Step::home))
                        .map(step -> "stage " + step.home() + " or later, as " + step.id() + " shows");
        other.ifPresent(name -> {
            throw Refusal.ofWork(file + ": a trace of " + name + "; expected one of " + stage.name());
        });
    }

    private static String demo(Project project, Stage stage) throws IOException, InterruptedException {
        StringBuilder printed = new StringBuilder();
        Demo.read(project, stage, line -> printed.append(line).append('\n'), "-Dgserver.trace=true");
        return printed.toString();
    }

    /** A redirection of PowerShell writes UTF-16, and a mark for it at the beginning. */
    private static String read(Path file) {
        byte[] content = Folders.bytes(file);
        boolean hasMark = content.length >= 2 && (content[0] & content[1] & 0xff) == 0xfe;
        return new String(content, hasMark ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    String html() {
        String script = SCRIPTS.stream().map(TracePage::resource).collect(Collectors.joining());
        return Template.fill(
                texts,
                TracePage.class,
                "page.html",
                Map.of(
                        "title", texts.get("trace.title", "gserver " + stage.name()),
                        "style", resource("page.css"),
                        "script", script,
                        "data", new Gson().toJson(data()))); // which writes no < that could end the element
    }

    private static String resource(String name) {
        return Template.text(TracePage.class, name);
    }

    private Data data() {
        Lanes lanes = new Lanes(recording, texts);
        List<String> connections = recording.connections();
        Map<String, Note> used = new LinkedHashMap<>();
        recording.steps().forEach(step -> used.computeIfAbsent(step.id(), this::note));
        List<Object> items = new ArrayList<>();
        recording.items().forEach(item -> items.add(item instanceof Step step ? card(step, lanes, connections) : item));
        String title = "gserver " + stage.name();
        return new Data(texts.all("trace."), title, lanes.names(), connections, used, items, Arrows.of(recording));
    }

    private static Card card(Step step, Lanes lanes, List<String> connections) {
        int connection = connections.indexOf(step.subject());
        return new Card(step.millis(), lanes.of(step), step.thread(), step.id(), connection, step.what(), step.raw());
    }

    private Note note(String id) {
        List<Place> found = places.getOrDefault(id, List.of());
        return notes.step(id)
                .map(step -> new Note(step.home(), step.what(), step.code(), step.test(), found))
                .orElseGet(() -> new Note(0, texts.get("trace.unknown"), "", "", found));
    }

    /** A call of Trace.step: where it stands and the lines around it; {@code what} is the end of what it says. */
    private record Place(String file, int line, String what, int firstLine, List<String> lines) {}

    /** What the page knows about an id. */
    private record Note(int layer, String text, String code, String test, List<Place> places) {}

    /** What the page knows about a step. */
    private record Card(double ms, int lane, String thread, String id, int connection, String what, String raw) {}

    /** All that the page gets. */
    private record Data(
            Map<String, String> texts,
            String title,
            List<String> lanes,
            List<String> connections,
            Map<String, Note> notes,
            List<Object> items,
            List<int[]> arrows) {}
}
