package dev.gserver.tools.learn;

import dev.gserver.tools.common.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mistake that learners make, as a change of a stage's code, and the verdict that it must get.
 *
 * @param rung the name of the rung that the learner writes
 * @param test the one that finds it
 * @param says a part of the verdict
 * @param changes they are made one after the other
 */
record Mistake(String name, String rung, String test, String says, List<Change> changes) {
    private static final Pattern VALUE = Pattern.compile(" +(rung|test|says|in): (.*)");

    /** @param before lines that stand in the file one after the other, once; without their indentation */
    record Change(String file, List<String> before, List<String> after) {
        String in(String text) {
            List<String> lines = text.lines().toList();
            List<String> stripped = lines.stream().map(String::strip).toList();
            int place = Collections.indexOfSubList(stripped, before);
            if (place < 0 || place != Collections.lastIndexOfSubList(stripped, before)) {
                throw new IllegalStateException(file + ": expected once, one after the other: " + before);
            }
            return Stream.of(lines.subList(0, place), after, lines.subList(place + before.size(), lines.size()))
                    .flatMap(List::stream)
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    /** All of a stage; stage1.txt says how they are written. */
    static List<Mistake> of(int stage) {
        String[] blocks =
                Template.text(Mistake.class, "mistakes/stage" + stage + ".txt").split("(?m)^mistake ");
        return Stream.of(blocks).skip(1).map(Mistake::read).toList(); // before the first there is a comment
    }

    private static Mistake read(String block) {
        Map<String, String> values = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        List<String> lines = block.lines().filter(line -> !line.isBlank()).toList();
        for (String line : lines.subList(1, lines.size())) {
            Matcher value = VALUE.matcher(line);
            if (!value.matches()) {
                addLine(changes.get(changes.size() - 1), line.strip());
            } else if (value.group(1).equals("in")) {
                changes.add(new Change(value.group(2), new ArrayList<>(), new ArrayList<>()));
            } else {
                values.put(value.group(1), value.group(2));
            }
        }
        return new Mistake(lines.get(0), values.get("rung"), values.get("test"), values.get("says"), changes);
    }

    /** Lines with - are in the file as it is, those with + in the wrong one, those with neither in both. */
    private static void addLine(Change change, String line) {
        String text = line.replaceFirst("^[-+] ?", "");
        if (!line.startsWith("+")) {
            change.before().add(text);
        }
        if (!line.startsWith("-")) {
            change.after().add(text);
        }
    }

    /** @param texts the stage's files, by path */
    Map<String, String> in(Map<String, String> texts) {
        Map<String, String> wrong = new TreeMap<>(texts);
        for (Change change : changes) {
            String path = "dev/gserver/" + change.file();
            wrong.put(path, change.in(wrong.getOrDefault(path, "")));
        }
        return wrong;
    }
}
