package dev.gserver.tools.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines {@code from} to {@code to} of a comparison: changes that stand close together, and some lines around them. */
public record Hunk(List<Line> all, int from, int to) {
    private static final int LONGEST_HEADING = 80;
    private static final Pattern HEADING = Pattern.compile("^[A-Za-z_$].*"); // what git takes for a function's name

    /** @param context so many lines that do not change stand before and after those that do */
    public static List<Hunk> of(List<Line> lines, int context) {
        List<Hunk> hunks = new ArrayList<>();
        int first = nextChange(lines, 0);
        while (first < lines.size()) {
            int last = first;
            int next = first;
            while (next < lines.size() && next <= last + 2 * context + 1) {
                last = next;
                next = nextChange(lines, next + 1);
            }
            hunks.add(new Hunk(lines, Math.max(0, first - context), Math.min(lines.size(), last + context + 1)));
            first = next;
        }
        return hunks;
    }

    private static int nextChange(List<Line> lines, int from) {
        int next = from;
        while (next < lines.size() && lines.get(next).kind() == Line.SAME) {
            next++;
        }
        return next;
    }

    public List<Line> lines() {
        return all.subList(from, to);
    }

    /** Where it is in both files, and in what. */
    String header() {
        return "@@ -" + range(Line.NEW) + " +" + range(Line.GONE) + " @@" + heading();
    }

    /** First line and number of lines, in the file that has no lines of kind {@code missing}. */
    private String range(char missing) {
        long start = all.subList(0, from).stream()
                .filter(line -> line.kind() != missing)
                .count();
        long count = lines().stream().filter(line -> line.kind() != missing).count();
        long first = count == 0 ? start : start + 1;
        return count == 1 ? String.valueOf(first) : first + "," + count;
    }

    private String heading() {
        for (int i = from - 1; i >= 0; i--) {
            String text = all.get(i).text();
            if (all.get(i).kind() != Line.NEW && HEADING.matcher(text).matches()) {
                return " "
                        + text.substring(0, Math.min(text.length(), LONGEST_HEADING))
                                .stripTrailing();
            }
        }
        return "";
    }
}
