package dev.gserver.tools.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.StageDiff.FileChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Puts the lines of a file side by side: a gone line beside the new one that took its place. */
final class SideBySide {
    private static final double ALIKE = 0.45;
    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

    /** A row of the table: a line of the stage before, one of the stage after, or both; -1 where there is none. */
    record Row(int before, int after, boolean changed) {
        boolean isPair() {
            return changed && before >= 0 && after >= 0;
        }
    }

    private final List<String> before;
    private final List<String> after;
    private final List<Row> rows = new ArrayList<>();
    private int nextBefore;
    private int nextAfter;

    private SideBySide(FileChange change) {
        this.before = change.side(Line.GONE);
        this.after = change.side(Line.NEW);
    }

    static List<Row> rows(FileChange change) {
        SideBySide result = new SideBySide(change);
        int gone = 0;
        int added = 0;
        for (Line line : change.lines()) {
            if (line.kind() == Line.GONE) {
                gone++;
            } else if (line.kind() == Line.NEW) {
                added++;
            } else {
                result.block(gone, added);
                gone = 0;
                added = 0;
                result.rows.add(new Row(result.nextBefore++, result.nextAfter++, false));
            }
        }
        result.block(gone, added);
        return result.rows;
    }

    /** Each gone line stands beside the next new one that is like it. */
    private void block(int gone, int added) {
        int endBefore = nextBefore + gone;
        int endAfter = nextAfter + added;
        for (; nextBefore < endBefore; nextBefore++) {
            int twin = nextAfter;
            while (twin < endAfter && alike(before.get(nextBefore), after.get(twin)) < ALIKE) {
                twin++;
            }
            addNew(twin < endAfter ? twin : nextAfter);
            rows.add(new Row(nextBefore, twin < endAfter ? nextAfter++ : -1, true));
        }
        addNew(endAfter);
    }

    private void addNew(int end) {
        while (nextAfter < end) {
            rows.add(new Row(-1, nextAfter++, true));
        }
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(MatchResult::group).toList();
    }

    /** How alike two lines are, from 0 to 1: the share of their characters that is in words of both. */
    private static double alike(String one, String other) {
        BitSet marks = marks(one.strip(), other.strip());
        long same = one.strip().chars().count() - marks.cardinality();
        return 2.0 * same / Math.max(1, one.strip().length() + other.strip().length());
    }

    /** Which characters of {@code line} are not in {@code other}: those to mark. */
    static BitSet marks(String line, String other) {
        List<String> words = words(line);
        BitSet changed = new BitSet(); // words
        for (AbstractDelta<String> delta : DiffUtils.diff(words, words(other)).getDeltas()) {
            int from = delta.getSource().getPosition();
            changed.set(from, from + delta.getSource().size());
        }
        BitSet marks = new BitSet();
        int position = 0;
        for (int i = 0; i < words.size(); i++) {
            int end = position + words.get(i).length();
            boolean between = i > 0 && changed.get(i - 1) && changed.get(i + 1); // where a blank is marked
            marks.set(position, end, words.get(i).isBlank() ? between : changed.get(i));
            position = end;
        }
        return marks;
    }
}
