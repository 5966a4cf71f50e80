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

    /** A line of one side. */
    record Cell(int number, String text) {}

    /** A row of the table: a line of the stage before, one of the stage after, or both; null where there is none. */
    record Row(Cell before, Cell after, boolean changed) {
        boolean isPair() {
            return changed && before != null && after != null;
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Cell> gone = new ArrayList<>(); // since the last line that does not change
    private final List<Cell> added = new ArrayList<>();

    private SideBySide() {}

    static List<Row> rows(FileChange change) {
        SideBySide result = new SideBySide();
        int before = 0;
        int after = 0;
        for (Line line : change.lines()) {
            if (line.kind() == Line.GONE) {
                result.gone.add(new Cell(++before, line.text()));
            } else if (line.kind() == Line.NEW) {
                result.added.add(new Cell(++after, line.text()));
            } else {
                result.endBlock();
                result.rows.add(new Row(new Cell(++before, line.text()), new Cell(++after, line.text()), false));
            }
        }
        result.endBlock();
        return result.rows;
    }

    /** Each gone line stands beside the next new one that is like it. */
    private void endBlock() {
        for (Cell old : gone) {
            int twin = 0;
            while (twin < added.size() && alike(old.text(), added.get(twin).text()) < ALIKE) {
                twin++;
            }
            boolean hasTwin = twin < added.size();
            addNew(hasTwin ? twin : 0);
            rows.add(new Row(old, hasTwin ? added.remove(0) : null, true));
        }
        addNew(added.size());
        gone.clear();
    }

    private void addNew(int count) {
        List<Cell> first = added.subList(0, count);
        first.forEach(line -> rows.add(new Row(null, line, true)));
        first.clear();
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
