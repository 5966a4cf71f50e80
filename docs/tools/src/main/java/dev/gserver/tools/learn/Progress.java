package dev.gserver.tools.learn;

import dev.gserver.tools.common.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What ./course learn remembers from run to run: in .course/progress of the learner's folder. */
final class Progress {
    static final String FOLDER = ".course";
    private static final String ABOUT =
            "# ./course learn: the rungs that were green, and the hints that were given; delete it"
                    + " to begin anew\n";

    private final Path file;
    private final Set<String> green = new TreeSet<>();
    private final Map<String, Integer> hints = new TreeMap<>(); // by body

    Progress(Path learners) {
        file = learners.resolve(FOLDER).resolve("progress");
        for (String line : Files.exists(file) ? Folders.lines(file) : List.<String>of()) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("green") && words.length == 2) {
                green.add(words[1]);
            } else if (line.matches("hint [1-3] \\S+")) {
                hints.put(words[1].substring(2), words[1].charAt(0) - '0');
            }
        }
    }

    /** Whether the rung of that name was green once. */
    boolean wasGreen(String rung) {
        return green.contains(rung);
    }

    void addGreen(List<String> rungs) {
        green.addAll(rungs);
        save();
    }

    /** How much was told of a body: 0 to 3. */
    int hints(String body) {
        return hints.getOrDefault(body, 0);
    }

    void setHints(String body, int level) {
        hints.put(body, level);
        save();
    }

    private void save() {
        List<String> lines = new ArrayList<>();
        green.forEach(rung -> lines.add("green " + rung + "\n"));
        hints.forEach((body, level) -> lines.add("hint " + level + " " + body + "\n"));
        Folders.write(file, ABOUT + String.join("", lines));
    }
}
