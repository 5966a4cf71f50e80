package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Template;
import dev.gserver.tools.common.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rungs of a stage, in order. Each body that is cut out of the stage stands in one of them; all else is given ready.
 * They are listed in rungs.txt, and nowhere else.
 */
public record Ladder(List<Rung> rungs) {
    private static final String FILE = "rungs.txt";

    public static Ladder of(int stage) {
        return of(stage, Texts.ENGLISH);
    }

    public static Ladder of(int stage, Texts texts) {
        return new Ladder(read(Template.text(Ladder.class, FILE), texts).stream()
                .filter(rung -> rung.stage() == stage)
                .toList());
    }

    /** Reads all stages; the file says itself how it is written. */
    public static List<Rung> read(String text, Texts texts) {
        Reader reader = new Reader(texts);
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(reader::add);
        reader.endRung();
        return reader.rungs;
    }

    private static final class Reader {
        private final List<Rung> rungs = new ArrayList<>();
        private final Map<String, String> values = new HashMap<>();
        private final Texts texts;
        private int stage;
        private int number;
        private String key;

        Reader(Texts texts) {
            this.texts = texts;
        }

        void add(String line) {
            String[] words = line.strip().split(":? ", 2);
            if (line.startsWith("stage ")) {
                endRung();
                stage = Integer.parseInt(words[1]);
                number = 0;
            } else if (line.startsWith("rung ")) {
                endRung();
                String[] parts = words[1].split(": ", 2);
                values.put("name", parts[0]);
                values.put("does", parts[1]);
            } else if (line.matches("    [\\w-]+: .*")) {
                key = words[0];
                values.put(key, words[1]);
            } else {
                values.merge(key, line.strip(), (start, more) -> start + " " + more);
            }
        }

        void endRung() {
            if (!values.isEmpty()) {
                rungs.add(new Rung(
                        stage,
                        ++number,
                        value("name"),
                        told("does"),
                        value("section"),
                        told("shows"),
                        List.of(value("bodies").split(" +")),
                        List.of(value("tests").split(" +"))));
                values.clear();
            }
        }

        /** In the user's language; the other has to be there too. */
        private String told(String name) {
            String english = value(name);
            String chinese = value(name + "-zh");
            return texts.isChinese() ? chinese : english;
        }

        private String value(String name) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException(
                        FILE + ": stage " + stage + ", " + values + ": " + name + " is missing");
            }
            return values.get(name);
        }
    }

    /** The names of all bodies that are cut. */
    public List<String> bodies() {
        return rungs.stream().flatMap(rung -> rung.bodies().stream()).toList();
    }

    /** The rung that the body belongs to. */
    public Optional<Rung> of(String body) {
        return rungs.stream().filter(rung -> rung.bodies().contains(body)).findFirst();
    }
}
