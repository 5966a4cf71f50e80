package dev.gserver.tools.trace;

import com.google.gson.Gson;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.notes.NotesMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one HTML page of a trace: a lane for each thread, a card for each step, an arrow where work goes from thread to
 * thread. The steps' texts are those of the table of the notes, their places those of the stage's sources; everything
 * that one sees comes from the resources in trace/.
 */
final class TracePage {
    private static final List<String> SCRIPTS = List.of("page.js", "layout.js", "panel.js");

    private final Stage stage;
    private final Recording recording;
    private final NotesMap notes;
    private final Map<String, List<Place>> places;

    TracePage(Project project, Stage stage, Recording recording) throws IOException {
        this.stage = stage;
        this.recording = recording;
        this.notes = NotesMap.read(project);
        this.places = Place.findAll(stage);
    }

    String html() throws IOException {
        StringBuilder script = new StringBuilder();
        for (String name : SCRIPTS) {
            script.append(resource(name));
        }
        return resource("page.html")
                .replace("{{title}}", title())
                .replace("{{style}}", resource("page.css"))
                .replace("{{script}}", script)
                .replace("{{data}}", new Gson().toJson(data())); // which writes no < that could end the element
    }

    private String title() {
        return "gserver " + stage.name();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TracePage.class.getResourceAsStream("/trace/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Object> data() {
        Lanes lanes = new Lanes(recording);
        List<String> connections = recording.connections();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", title());
        data.put("lanes", lanes.names());
        data.put("connections", connections);
        Map<String, Note> used = new LinkedHashMap<>();
        recording.steps().forEach(step -> used.computeIfAbsent(step.id(), this::note));
        data.put("notes", used);
        data.put(
                "items",
                recording.items().stream()
                        .map(item -> item instanceof Step step ? Card.of(step, lanes, connections) : item)
                        .toList());
        data.put("arrows", Arrows.of(recording));
        return data;
    }

    private Note note(String id) {
        List<Place> found = places.getOrDefault(id, List.of());
        return notes.step(id)
                .map(step -> new Note(step.home(), step.what(), step.code(), step.test(), found))
                .orElseGet(() -> new Note(0, "a step that the notes do not have", "", "", found));
    }

    /** What the page knows about an id. */
    private record Note(int layer, String text, String code, String test, List<Place> places) {}

    /** What the page knows about a step. */
    private record Card(double ms, int lane, String thread, String id, int connection, String what, String raw) {
        static Card of(Step step, Lanes lanes, List<String> connections) {
            return new Card(
                    step.millis(),
                    lanes.of(step),
                    step.thread(),
                    step.id(),
                    connections.indexOf(step.subject()),
                    step.what(),
                    step.raw());
        }
    }
}
