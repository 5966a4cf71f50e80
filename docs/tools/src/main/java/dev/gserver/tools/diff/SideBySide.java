package dev.gserver.tools.diff;

import java.util.ArrayList;
import java.util.List;

/** Puts the lines of a file side by side: a gone line beside the new one that took its place. */
final class SideBySide {
    private static final int MOST_PAIRS = 40_000;
    private static final double ALIKE = 0.45;

    private record Pair(int gone, int added) {}

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

    private void block(int gone, int added) {
        int endBefore = nextBefore + gone;
        int endAfter = nextAfter + added;
        for (Pair pair : pairs(gone, added)) {
            singles(pair.gone(), pair.added());
            rows.add(new Row(nextBefore++, nextAfter++, true));
        }
        singles(endBefore, endAfter);
    }

    private void singles(int toBefore, int toAfter) {
        while (nextBefore < toBefore) {
            rows.add(new Row(nextBefore++, -1, true));
        }
        while (nextAfter < toAfter) {
            rows.add(new Row(-1, nextAfter++, true));
        }
    }

    /** The pairs of lines that are alike, in order, chosen so that all together are as alike as can be. */
    private List<Pair> pairs(int gone, int added) {
        if (gone == 0 || added == 0 || gone * added > MOST_PAIRS) {
            return List.of();
        }
        double[][] alike = new double[gone][added];
        double[][] best = new double[gone + 1][added + 1];
        for (int i = gone - 1; i >= 0; i--) {
            for (int j = added - 1; j >= 0; j--) {
                alike[i][j] = Words.alike(before.get(nextBefore + i), after.get(nextAfter + j));
                double paired = alike[i][j] < ALIKE ? 0 : alike[i][j] + best[i + 1][j + 1];
                best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
            }
        }
        return pairs(alike, best);
    }

    private List<Pair> pairs(double[][] alike, double[][] best) {
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < alike.length && j < alike[0].length) {
            if (alike[i][j] >= ALIKE && best[i][j] == alike[i][j] + best[i + 1][j + 1]) {
                pairs.add(new Pair(nextBefore + i++, nextAfter + j++));
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }
}
