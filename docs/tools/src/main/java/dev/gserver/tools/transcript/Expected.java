package dev.gserver.tools.transcript;

import dev.gserver.tools.transcript.PageRun.Trouble;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Expected output: {@link #ANYTHING} in a line stands for anything, a line of it alone for any lines.
 *
 * @param line number in its page of the first of {@code lines}
 */
public record Expected(int line, List<String> lines) {
    public static final String ANYTHING = "…";

    private static final String END = "the end";
    private static final int MOST_LINES_SHOWN = 30;

    /** How many lines of {@code output} it takes, the fewest; -1: it does not match. */
    int end(List<String> output) {
        Matcher match = pattern(lines.size()).matcher(text(output));
        return match.lookingAt() ? (int) match.group().lines().count() : -1;
    }

    public boolean isAll(List<String> output) {
        return pattern(lines.size()).matcher(text(output)).matches();
    }

    private static String text(List<String> output) {
        return output.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Of the first lines. */
    private Pattern pattern(int count) {
        return Pattern.compile(
                lines.stream().limit(count).map(Expected::pattern).collect(Collectors.joining()), Pattern.MULTILINE);
    }

    private static String pattern(String line) {
        return line.strip().equals(ANYTHING)
                ? "[\\s\\S]*?(?:^|\\z)"
                : Stream.of(line.stripTrailing().split(ANYTHING, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*", "", "[ \\t]*\\n"));
    }

    /**
     * The first line that the output does not have, and what it has instead.
     *
     * @param when it was expected, such as " within 60 s"
     */
    public Trouble trouble(List<String> output, String when) {
        int good = lines.size();
        while (new Expected(line, lines.subList(0, good)).end(output) < 0) {
            good--;
        }
        int end = new Expected(line, lines.subList(0, good)).end(output);
        boolean isMore = good == lines.size();
        String shown = output.stream()
                .limit(MOST_LINES_SHOWN)
                .map(each -> "\n  | " + each)
                .collect(Collectors.joining());
        String text = "expected" + when + ": " + (isMore ? END : lines.get(good).stripTrailing()) + "\n  got: "
                + (end < output.size() ? output.get(end) : END) + "\n  of this output:" + shown
                + (output.size() <= MOST_LINES_SHOWN ? "" : "\n  | and so on");
        return Trouble.fault(isMore ? line + good - 1 : line + good, text);
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
}
