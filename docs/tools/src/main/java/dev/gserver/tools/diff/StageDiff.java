package dev.gserver.tools.diff;

import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What differs between two stages: below src/main, and below src/test where that is asked for. */
public record StageDiff(Stage from, Stage to, List<Part> parts) {
    /** All that differs below one folder of the stages, in the order of the paths. */
    public record Part(String folder, List<FileChange> changes) {
        int count(char kind) {
            return changes.stream().mapToInt(change -> change.count(kind)).sum();
        }

        List<FileChange> with(Status status) {
            return changes.stream().filter(change -> change.status() == status).toList();
        }
    }

    public static StageDiff between(Stage from, Stage to, boolean tests) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (String folder : tests ? List.of("src/main", "src/test") : List.of("src/main")) {
            parts.add(new Part(folder, changes(from.folder(), to.folder(), folder)));
        }
        return new StageDiff(from, to, parts);
    }

    private static List<FileChange> changes(Path from, Path to, String folder) throws IOException {
        Map<String, List<String>> before = read(from, folder);
        Map<String, List<String>> after = read(to, folder);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            List<String> old = before.getOrDefault(path, List.of());
            List<String> now = after.getOrDefault(path, List.of());
            if (!old.equals(now)) {
                Status status =
                        !before.containsKey(path) ? Status.NEW : after.containsKey(path) ? Status.CHANGED : Status.GONE;
                changes.add(new FileChange(path, status, LineDiff.compare(old, now)));
            }
        }
        return changes;
    }

    private static Map<String, List<String>> read(Path stage, String folder) throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(stage.resolve(folder))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(stage.relativize(path).toString().replace('\\', '/'), Files.readAllLines(path));
            }
        }
        return files;
    }

    /** All files of all parts. */
    List<FileChange> changes() {
        return parts.stream().flatMap(part -> part.changes().stream()).toList();
    }
}
