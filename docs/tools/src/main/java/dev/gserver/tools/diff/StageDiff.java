package dev.gserver.tools.diff;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.diff.LineDiff.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What differs between two stages: below src/main, and below src/test where that is asked for. */
public record StageDiff(Stage from, Stage to, List<Part> parts) {
    /** What became of a file. */
    enum Status {
        CHANGED,
        NEW,
        GONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All that differs below one folder of the stages, in the order of the paths. */
    record Part(String folder, List<FileChange> changes) {
        List<FileChange> with(Status status) {
            return changes.stream().filter(change -> change.status() == status).toList();
        }
    }

    /**
     * One file that differs, with all of its lines.
     *
     * @param path from the stage's folder on, with slashes: src/main/java/...
     */
    record FileChange(String path, Status status, List<Line> lines) {
        int count(char kind) {
            return (int) lines.stream().filter(line -> line.kind() == kind).count();
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String folder() {
            return path.substring(0, path.length() - name().length());
        }
    }

    public static StageDiff between(Stage from, Stage to, boolean tests) {
        List<Part> parts = new ArrayList<>();
        for (String folder : tests ? List.of("src/main", "src/test") : List.of("src/main")) {
            parts.add(new Part(folder, changes(from, to, folder)));
        }
        return new StageDiff(from, to, parts);
    }

    private static List<FileChange> changes(Stage from, Stage to, String folder) {
        Map<String, String> before = Folders.texts(from.folder().resolve(folder));
        Map<String, String> after = Folders.texts(to.folder().resolve(folder));
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            List<String> old = before.getOrDefault(path, "").lines().toList();
            List<String> now = after.getOrDefault(path, "").lines().toList();
            if (!old.equals(now)) {
                Status status =
                        !before.containsKey(path) ? Status.NEW : after.containsKey(path) ? Status.CHANGED : Status.GONE;
                changes.add(new FileChange(folder + "/" + path, status, LineDiff.compare(old, now)));
            }
        }
        return changes;
    }

    /** All files of all parts. */
    List<FileChange> changes() {
        return parts.stream().flatMap(part -> part.changes().stream()).toList();
    }

    /** How many lines are new, or gone. */
    int count(char kind) {
        return changes().stream().mapToInt(change -> change.count(kind)).sum();
    }
}
