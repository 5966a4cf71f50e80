package dev.gserver.tools.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Compares two texts line by line: as few lines as possible are gone or new. */
public final class LineDiff {
    private final List<String> before;
    private final List<String> after;
    private final BitSet gone = new BitSet(); // indexes in before
    private final BitSet added = new BitSet(); // indexes in after

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
        for (AbstractDelta<String> delta : DiffUtils.diff(before, after).getDeltas()) {
            int source = delta.getSource().getPosition();
            gone.set(source, source + delta.getSource().size());
            int target = delta.getTarget().getPosition();
            added.set(target, target + delta.getTarget().size());
        }
    }

    /** All lines of both, in order; where lines take the place of others, the gone ones come first. */
    public static List<Line> compare(List<String> before, List<String> after) {
        LineDiff diff = new LineDiff(before, after);
        new Slider(before, diff.gone, diff.added).slideAll();
        new Slider(after, diff.added, diff.gone).slideAll();
        return diff.lines();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (gone.get(i)) {
                lines.add(new Line(Line.GONE, before.get(i++)));
            } else if (added.get(j)) {
                lines.add(new Line(Line.NEW, after.get(j++)));
            } else {
                lines.add(new Line(Line.SAME, before.get(i++)));
                j++;
            }
        }
        return lines;
    }
}
