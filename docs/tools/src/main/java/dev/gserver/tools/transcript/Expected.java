package dev.gserver.tools.transcript;

import dev.gserver.tools.transcript.PageRun.Trouble;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Expected output: {@link #ANYTHING} in a line stands for anything, a line of it alone for any lines.
 *
 * @param line number in its page of the first of {@code lines}
 */
public record Expected(int line, List<String> lines) {
    public static final String ANYTHING = "…";

    /**
     * How far the output agrees.
     *
     * @param end the fewest lines of the output that all of this matches; -1: it does not
     * @param wasAll whether it matches the whole output
     * @param badLine line of the page with what the output does not have, which has {@code got} instead
     */
    record Match(int end, boolean wasAll, int badLine, String wanted, String got) {
        private static final int MOST_LINES_SHOWN = 30;

        /** @param when it was expected, such as " within 60 s" */
        Trouble trouble(List<String> output, String when) {
            String shown = output.stream()
                    .limit(MOST_LINES_SHOWN)
                    .map(line -> "\n  | " + line)
                    .collect(Collectors.joining());
            String more = output.size() <= MOST_LINES_SHOWN ? "" : "\n  | and so on";
            String text = "expected" + when + ": " + wanted + "\n  got: " + got + "\n  of this output:" + shown + more;
            return Trouble.fault(badLine, text);
        }
    }

    Expected withoutFirst() {
        return new Expected(line + 1, lines.subList(1, lines.size()));
    }

    Expected withoutBlankEnd() {
        return new Expected(line, withoutBlankEnd(lines));
    }

    static List<String> withoutBlankEnd(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(0, end);
    }

    Match match(List<String> actual) {
        TreeSet<Integer> ends = new TreeSet<>(Set.of(0));
        for (int number = 0; number < lines.size(); number++) {
            String wanted = lines.get(number).stripTrailing();
            TreeSet<Integer> next = ends(ends, wanted, actual);
            if (next.isEmpty()) {
                int end = ends.first();
                String got = end < actual.size() ? actual.get(end) : "the end";
                return new Match(-1, false, line + number, wanted, got);
            }
            ends = next;
        }
        boolean wasAll = ends.contains(actual.size());
        String got = wasAll ? "" : actual.get(ends.last());
        return new Match(ends.first(), wasAll, line + lines.size() - 1, "the end", got);
    }

    /** Where the output can be after a line more, {@code wanted}, from where it can be before. */
    private static TreeSet<Integer> ends(TreeSet<Integer> before, String wanted, List<String> actual) {
        if (wanted.equals(ANYTHING)) {
            return IntStream.rangeClosed(before.first(), actual.size())
                    .boxed()
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Pattern pattern = pattern(wanted);
        return before.stream()
                .filter(end ->
                        end < actual.size() && pattern.matcher(actual.get(end)).matches())
                .map(end -> end + 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Pattern pattern(String wanted) {
        return Pattern.compile(
                Stream.of(wanted.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*")) + "\\s*");
    }
}
