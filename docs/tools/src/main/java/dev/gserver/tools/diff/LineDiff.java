package dev.gserver.tools.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** Compares two texts line by line: as few lines as possible are gone or new. */
public final class LineDiff {
    private static final int CONTEXT = 3; // lines that do not change, around those that do

    /** One line of a file: in both (a blank), gone (-) or new (+). */
    public record Line(char kind, String text) {
        static final char SAME = ' ';
        static final char GONE = '-';
        static final char NEW = '+';
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
        return indent + (blank ? 0 : 1);
    }

    /**
     * The lines as git shows them.
     *
     * @param from name of the file before; null if it is new
     * @param to name of the file after; null if it is gone
     */
    static List<String> unified(String from, String to, List<Line> lines) {
        Patch<String> patch = new Patch<>();
        int before = 0;
        int after = 0;
        for (int next = 0; next < lines.size(); next++) {
            int start = next;
            while (next < lines.size() && lines.get(next).kind() != Line.SAME) {
                next++;
            }
            List<String> gone = side(lines.subList(start, next), Line.GONE);
            List<String> added = side(lines.subList(start, next), Line.NEW);
            if (next > start) {
                patch.addDelta(new ChangeDelta<>(new Chunk<>(before, gone), new Chunk<>(after, added)));
            }
            before += gone.size() + 1;
            after += added.size() + 1;
        }
        return UnifiedDiffUtils.generateUnifiedDiff(from, to, side(lines, Line.GONE), patch, CONTEXT);
    }

    /** The text before ({@link Line#GONE}) or after ({@link Line#NEW}). */
    static List<String> side(List<Line> lines, char side) {
        return lines.stream()
                .filter(line -> line.kind() == Line.SAME || line.kind() == side)
                .map(Line::text)
                .toList();
    }
}
