package dev.gserver.tools.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * One file that differs, with all of its lines.
 *
 * @param path from the stage's folder on, with slashes: src/main/java/...
 */
public record FileChange(String path, Status status, List<Line> lines) {
    int count(char kind) {
        return (int) lines.stream().filter(line -> line.kind() == kind).count();
    }

    /** The same without blocks of changes that are nothing but blank lines. */
    int countSubstantial(char kind) {
        int count = 0;
        List<Line> block = new ArrayList<>();
        for (Line line : lines) {
            if (line.kind() != Line.SAME) {
                block.add(line);
            } else {
                count += countSubstantial(block, kind);
                block.clear();
            }
        }
        return count + countSubstantial(block, kind);
    }

    private static int countSubstantial(List<Line> block, char kind) {
        boolean blank = block.stream().allMatch(line -> line.text().isBlank());
        return blank
                ? 0
                : (int) block.stream().filter(line -> line.kind() == kind).count();
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, path.length() - name().length());
    }

    /** The folder as the package that it is, where it is one. */
    String packageName() {
        String marker = "/java/";
        int start = path.indexOf(marker);
        return start < 0
                ? folder()
                : folder().substring(start + marker.length())
                        .replaceFirst("/$", "")
                        .replace('/', '.');
    }

    /** The file before ({@link Line#GONE}) or after ({@link Line#NEW}). */
    List<String> side(char side) {
        return lines.stream()
                .filter(line -> line.kind() == Line.SAME || line.kind() == side)
                .map(Line::text)
                .toList();
    }
}
