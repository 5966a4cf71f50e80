package dev.gserver.tools.diff;

import java.util.BitSet;
import java.util.List;

/**
 * Moves blocks of changed lines to where people would see them. A block whose first line equals the line after it may as
 * well begin one line later: the same lines change. So a new method is shown from its comment to its closing brace, and
 * not from the brace of the method before it.
 */
final class Slider {
    private static final int COLUMN = 10; // what a column of indentation costs beside the other reasons

    private final List<String> lines;
    private final BitSet changed;
    private final BitSet changedInOther;
    private int start;
    private int end;

    Slider(List<String> lines, BitSet changed, BitSet changedInOther) {
        this.lines = lines;
        this.changed = changed;
        this.changedInOther = changedInOther;
    }

    /** Blocks that meet on their way become one. */
    void slideAll() {
        start = changed.nextSetBit(0);
        while (start >= 0) {
            end = changed.nextClearBit(start);
            slide();
            start = changed.nextSetBit(end);
        }
    }

    private void slide() {
        int size;
        int earliest;
        int beside = -1;
        do {
            size = end - start;
            while (up()) {}
            earliest = end;
            beside = isBesideOther() ? end : -1;
            while (down()) {
                beside = isBesideOther() ? end : beside;
            }
        } while (end - start != size);
        if (end > earliest) {
            moveTo(beside >= 0 ? beside : best(earliest));
        }
    }

    private int best(int earliest) {
        int size = end - start;
        int best = end;
        for (int candidate = end; candidate >= earliest; candidate--) {
            if (cost(candidate - size) + cost(candidate) < cost(best - size) + cost(best)) {
                best = candidate;
            }
        }
        return best;
    }

    private void moveTo(int newEnd) {
        while (end > newEnd && up()) {}
    }

    private boolean up() {
        if (start == 0 || !lines.get(start - 1).equals(lines.get(end - 1))) {
            return false;
        }
        changed.set(--start);
        changed.clear(--end);
        start = changed.previousClearBit(start) + 1;
        return true;
    }

    private boolean down() {
        if (end == lines.size() || !lines.get(start).equals(lines.get(end))) {
            return false;
        }
        changed.clear(start++);
        changed.set(end++);
        end = changed.nextClearBit(end);
        return true;
    }

    /** Whether lines of the other text change at the same place. */
    private boolean isBesideOther() {
        int same = start - changed.get(0, start).cardinality(); // lines that both have before this block
        int other = 0;
        for (int left = same; left > 0; left--) {
            other = changedInOther.nextClearBit(other) + 1;
        }
        return changedInOther.get(other);
    }

    /** What speaks against a border between line {@code position - 1} and the next one: it is deep inside of something. */
    private int cost(int position) {
        int next = position;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        int previous = position - 1;
        while (previous >= 0 && lines.get(previous).isBlank()) {
            previous--;
        }
        int indent = next == lines.size() ? -1 : indent(next);
        int cost = indent * COLUMN;
        if (next == position && previous == position - 1) {
            cost += COLUMN; // no blank line on either side
        }
        return cost;
    }

    private int indent(int line) {
        return lines.get(line).length() - lines.get(line).stripLeading().length();
    }
}
