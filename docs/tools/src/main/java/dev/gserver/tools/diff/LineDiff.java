package dev.gserver.tools.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/** Compares two texts line by line: as few lines as possible are gone or new. */
public final class LineDiff {
    private static final int COLUMN = 10; // what a column of indentation costs beside the other reasons

    /** One line of a file: in both (a blank), gone (-) or new (+). */
    public record Line(char kind, String text) {
        static final char SAME = ' ';
        static final char GONE = '-';
        static final char NEW = '+';
    }

    /** Lines {@code from} to {@code to} of a comparison: changes that stand close together, and some lines around them. */
    public record Hunk(List<Line> all, int from, int to) {
        public List<Line> lines() {
            return all.subList(from, to);
        }
    }

    private final List<Line> lines = new ArrayList<>();

    private LineDiff() {}

    /** All lines of both, in order; where lines take the place of others, the gone ones come first. */
    public static List<Line> compare(List<String> before, List<String> after) {
        LineDiff diff = new LineDiff();
        int next = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            diff.add(Line.SAME, before.subList(next, delta.getSource().getPosition()));
            diff.add(Line.GONE, delta.getSource().getLines());
            diff.add(Line.NEW, delta.getTarget().getLines());
            next = delta.getSource().getPosition() + delta.getSource().size();
        }
        diff.add(Line.SAME, before.subList(next, before.size()));
        diff.slideAll();
        return diff.lines;
    }

    private void add(char kind, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(kind, text)));
    }

    private char kind(int line) {
        return line < 0 || line >= lines.size() ? Line.SAME : lines.get(line).kind();
    }

    private int endOf(int start) {
        int end = start;
        while (end < lines.size() && kind(end) == kind(start)) {
            end++;
        }
        return end;
    }

    /**
     * Moves blocks of changed lines to where people would see them. A block whose first line equals the line after it may
     * as well begin one line later: the same lines change. So a new method is shown from its comment to its closing brace,
     * and not from the brace of the method before it.
     */
    private void slideAll() {
        int start = 0;
        while (start < lines.size()) {
            int end = endOf(start);
            if (kind(start) != Line.SAME && kind(start - 1) == Line.SAME && kind(end) == Line.SAME) {
                end = slide(start, end);
            }
            start = end;
        }
    }

    /** Returns where the block ends then. */
    private int slide(int start, int end) {
        int up = 0;
        while (start - up > 0 && isAlike(start - up - 1, end - up - 1, start - up - 1)) {
            up++;
        }
        int down = 0;
        while (end + down < lines.size() && isAlike(start + down, end + down, end + down)) {
            down++;
        }
        int best = down;
        for (int by = down; by >= -up; by--) {
            if (cost(start + by) + cost(end + by) < cost(start + best) + cost(end + best)) {
                best = by;
            }
        }
        char kind = kind(start);
        for (int line = start - up; line < end + down; line++) {
            boolean changed = line >= start + best && line < end + best;
            lines.set(line, new Line(changed ? kind : Line.SAME, lines.get(line).text()));
        }
        return end + best;
    }

    private boolean isAlike(int one, int other, int next) {
        return kind(next) == Line.SAME
                && lines.get(one).text().equals(lines.get(other).text());
    }

    /** What speaks against a border before {@code position}: it is deep inside of something. */
    private int cost(int position) {
        int next = position;
        while (next < lines.size() && lines.get(next).text().isBlank()) {
            next++;
        }
        boolean blank = next > position
                || position == 0
                || lines.get(position - 1).text().isBlank();
        String text = next == lines.size() ? "" : lines.get(next).text();
        int indent =
                next == lines.size() ? -1 : text.length() - text.stripLeading().length();
        return indent * COLUMN + (blank ? 0 : COLUMN);
    }

    /** @param context so many lines that do not change stand before and after those that do */
    public static List<Hunk> hunks(List<Line> lines, int context) {
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
}
