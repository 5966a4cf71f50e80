package dev.gserver.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stored wrong version of a stage, and what is told about it; one file in docs/races/wrong. The file's head says it, a
 * line for each, and the unified diff follows.
 *
 * @param name of the file, without its ending
 * @param title what is done wrong
 * @param stage number of the stage that it changes
 * @param chapter page and section that explain the hand-over
 * @param sentence the words of that page, or of a comment of the stage, that it breaks
 * @param chinese the sentence in Chinese; title and lost are told in Chinese too
 * @param scenario the simple name of the class that finds it; null if only a test does
 * @param test the stage's own test that finds it, as Class.method; null if there is none
 * @param lost what is lost, in one sentence
 * @param prevents the line of the right version that prevents it: its file, and its text
 * @param diff the text of the diff
 * @param patch the diff
 */
record Race(
        String name,
        String title,
        int stage,
        String chapter,
        String sentence,
        String chinese,
        String scenario,
        String test,
        String lost,
        Line prevents,
        String diff,
        Patch patch) {
    /** A line of a file, which is given as a path in dev.gserver. */
    record Line(String file, String text) {}

    private static final List<String> NEEDED =
            List.of("title", "title-zh", "stage", "chapter", "sentence", "sentence-zh", "lost", "lost-zh", "prevents");
    private static final List<String> OPTIONAL = List.of("scenario", "test");

    /** Reads one file. */
    static Race read(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.diff$", "");
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int end = lines.indexOf("");
        if (end < 0) {
            throw new Refusal(name + ": there is no empty line, expected one between its head and its diff");
        }
        Map<String, String> head = head(name, lines.subList(0, end));
        List<String> diff = lines.subList(end + 1, lines.size());
        return of(name, head, diff);
    }

    private static Map<String, String> head(String name, List<String> lines) {
        Map<String, String> head = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(": ", 2);
            if (parts.length < 2 || !(NEEDED.contains(parts[0]) || OPTIONAL.contains(parts[0]))) {
                throw new Refusal(
                        name + ": the line \"" + line + "\" is unknown, expected one of " + NEEDED + " or " + OPTIONAL);
            }
            head.put(parts[0], parts[1]);
        }
        List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(head.keySet());
        if (!missing.isEmpty() || !(head.containsKey("scenario") || head.containsKey("test"))) {
            throw new Refusal(name + ": its head has no " + (missing.isEmpty() ? "scenario and no test" : missing));
        }
        return head;
    }

    private static Race of(String name, Map<String, String> head, List<String> diff) {
        String[] prevents = head.get("prevents").split(": ", 2);
        if (prevents.length < 2 || !Set.of("2", "3", "4", "5").contains(head.get("stage"))) {
            throw new Refusal(name + ": expected \"stage: 2\" to 5, and \"prevents: FILE: LINE\"");
        }
        return new Race(
                name,
                head.get("title"),
                Integer.parseInt(head.get("stage")),
                head.get("chapter"),
                head.get("sentence"),
                head.get("sentence-zh"),
                head.get("scenario"),
                head.get("test"),
                head.get("lost"),
                new Line(prevents[0], prevents[1]),
                String.join("\n", diff) + "\n",
                Patch.read(name, diff));
    }

    /** The field that is {@code volatile} in the right version, as Class.field. */
    String field() {
        String type = prevents.file().replaceFirst(".*/(\\w+)\\.java", "$1");
        return type + "." + prevents.text().replaceFirst(".*?(\\w+)( =.*)?;.*", "$1");
    }

    /** Whether no order of steps shows it, only jcstress: something is wrong with what one thread sees of another. */
    boolean isOfMemory() {
        return scenario != null && scenario.endsWith(Course.STRESS);
    }

    /** The package of the stage that the wrong version is in. */
    String layer() {
        return prevents.file().substring(0, prevents.file().indexOf('/'));
    }
}
