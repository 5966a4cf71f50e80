package dev.gserver.tools.transcript;

import dev.gserver.tools.transcript.PageRun.Trouble;
import java.util.List;
import java.util.stream.Collectors;

/** Says what an output was expected to be, what it was, and shows it. */
final class Difference {
    private static final int MOST_LINES_SHOWN = 30;

    private Difference() {}

    /** @param when it was expected, such as " within 60 s" */
    static Trouble of(Expected.Match match, List<String> output, String when) {
        String shown = output.stream()
                .limit(MOST_LINES_SHOWN)
                .map(line -> "\n  | " + line)
                .collect(Collectors.joining());
        String more = output.size() <= MOST_LINES_SHOWN ? "" : "\n  | and so on";
        String text = "expected" + when + ": " + match.wanted() + "\n  got: " + match.got() + "\n  of this output:";
        return Trouble.fault(match.badLine(), text + shown + more);
    }
}
