package dev.gserver.tools.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of the notes, as a line of the trace.
 *
 * @param subject its connection; "" if it has none
 */
record Step(double millis, String thread, String id, String subject, String what, String raw) implements Item {
    private static final Pattern LINE = Pattern.compile("\\s*(\\d+\\.\\d+) ms {2}(\\S.*?) {2,}(\\S+) {2,}(.*)");
    private static final Pattern OF_CONNECTION = Pattern.compile("(?:(.*) of )?(connection \\d+ \\([^)]*\\)): (.*)");

    static Optional<Step> parse(String line) {
        Matcher step = LINE.matcher(line);
        if (!step.matches()) {
            return Optional.empty();
        }
        String what = step.group(4);
        String subject = "";
        Matcher of = OF_CONNECTION.matcher(what);
        if (of.matches()) {
            subject = of.group(2);
            what = (of.group(1) == null ? "" : of.group(1) + ": ") + of.group(3);
        }
        double millis = Double.parseDouble(step.group(1));
        return Optional.of(new Step(millis, step.group(2), step.group(3), subject, what, line.strip()));
    }
}
