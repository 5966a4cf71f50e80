package dev.gserver.races;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A unified diff. A hunk is found by its lines, which must stand in the file exactly once; the numbers in its head are for
 * readers. So lines that have moved do no harm, and lines that have changed are an error.
 */
record Patch(Map<String, List<Hunk>> files) {
    /** Lines that stand in the file, and those that come in their place. */
    record Hunk(List<String> before, List<String> after) {}

    /** Reads the diff that {@code lines} are. */
    static Patch read(String name, List<String> lines) {
        Map<String, List<Hunk>> files = new LinkedHashMap<>();
        List<Hunk> hunks = null;
        Hunk hunk = null;
        for (String line : lines) {
            if (line.startsWith("--- a/")) {
                hunks = new ArrayList<>();
                files.put(line.substring("--- a/".length()), hunks);
            } else if (line.startsWith("@@") && hunks != null) {
                hunk = new Hunk(new ArrayList<>(), new ArrayList<>());
                hunks.add(hunk);
            } else if (!line.startsWith("+++ ")) {
                add(name, hunk, line);
            }
        }
        if (files.isEmpty() || files.containsValue(List.of())) {
            throw new Refusal(name + ": it has no hunk, expected a unified diff");
        }
        return new Patch(files);
    }

    private static void add(String name, Hunk hunk, String line) {
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        if (hunk == null || " +-".indexOf(kind) < 0) {
            throw new Refusal(name + ": the line \"" + line + "\" is not part of a unified diff");
        }
        String text = line.isEmpty() ? "" : line.substring(1);
        if (kind != '+') {
            hunk.before().add(text);
        }
        if (kind != '-') {
            hunk.after().add(text);
        }
    }

    /** The lines of {@code file} with its hunks applied. */
    static List<String> apply(String name, String file, List<Hunk> hunks, List<String> lines) {
        List<String> patched = new ArrayList<>(lines);
        for (Hunk hunk : hunks) {
            int count = hunk.before().size();
            List<Integer> places = new ArrayList<>();
            for (int start = 0; start + count <= patched.size(); start++) {
                if (patched.subList(start, start + count).equals(hunk.before())) {
                    places.add(start);
                }
            }
            if (places.size() != 1) {
                throw new Refusal(name + ": does not apply to " + file + ": the lines that begin with \""
                        + hunk.before().get(0).strip() + "\" stand there " + places.size() + " times, expected once");
            }
            List<String> at = patched.subList(places.get(0), places.get(0) + count);
            at.clear();
            at.addAll(hunk.after());
        }
        return patched;
    }
}
