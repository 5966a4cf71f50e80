package dev.gserver.tools.diff;

import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Compares two lines word by word. */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|[^\\w\\s]");

    private Words() {}

    /** How alike two lines are, from 0 to 1: the share of their characters that is in words of both. */
    static double alike(String one, String other) {
        List<String> words = split(one.strip());
        List<String> others = split(other.strip());
        BitSet common = common(words, others);
        int same = common.stream().map(i -> words.get(i).strip().length()).sum();
        int all = length(words) + length(others);
        return all == 0 ? 0 : 2.0 * same / all;
    }

    /** Which characters of {@code line} are not in {@code other}: those to mark. */
    static BitSet marks(String line, String other) {
        List<String> words = split(line);
        BitSet common = common(words, split(other));
        BitSet marks = new BitSet();
        int position = 0;
        for (int i = 0; i < words.size(); i++) {
            int end = position + words.get(i).length();
            marks.set(position, end, isMarked(words, common, i));
            position = end;
        }
        return marks;
    }

    /** A blank is marked where it stands between two words that are. */
    private static boolean isMarked(List<String> words, BitSet common, int i) {
        if (words.get(i).isBlank()) {
            return i > 0 && i + 1 < words.size() && !common.get(i - 1) && !common.get(i + 1);
        }
        return !common.get(i);
    }

    private static List<String> split(String line) {
        return WORD.matcher(line).results().map(MatchResult::group).toList();
    }

    private static int length(List<String> words) {
        return words.stream().mapToInt(word -> word.strip().length()).sum();
    }

    /** The words of {@code one} that are in the longest common subsequence of both; long words count for more. */
    private static BitSet common(List<String> one, List<String> other) {
        int[][] best = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                best[i][j] = one.get(i).equals(other.get(j))
                        ? best[i + 1][j + 1] + weight(one.get(i))
                        : Math.max(best[i + 1][j], best[i][j + 1]);
            }
        }
        BitSet common = new BitSet();
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            if (one.get(i).equals(other.get(j))) {
                common.set(i++);
                j++;
            } else if (best[i + 1][j] >= best[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    private static int weight(String word) {
        return word.isBlank() ? 1 : 2 + word.length();
    }
}
