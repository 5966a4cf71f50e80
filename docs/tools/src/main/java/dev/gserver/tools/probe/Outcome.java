package dev.gserver.tools.probe;

import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.report.Result;
import java.time.Duration;
import java.util.Locale;

/**
 * What became of a check.
 *
 * @param isRun false if it made no sense any more; then it has not passed
 * @param step of the notes that is in question if it has not
 * @param message empty if it has passed
 * @param bytes what was sent and received
 */
record Outcome(Check check, boolean isRun, String step, String message, String bytes, Duration time) {
    private static final double MILLIS = 1_000; // of a second
    private static final String INDENT = "      ";

    static Outcome notRun(Check check, String why) {
        return new Outcome(check, false, check.step(), "not run, " + why, "", Duration.ZERO);
    }

    boolean passed() {
        return message.isEmpty();
    }

    Result result() {
        return Result.of(step, check.name(), passed() ? "" : (message + "\n" + bytes).strip(), time);
    }

    /** For a reader: a line if it has passed, all there is to know if not. */
    String text(NotesMap notes) {
        String verdict = passed() ? "ok" : isRun ? "FAIL" : "-";
        String line = String.format(Locale.ROOT, "%-5s %-13s %s\n", verdict, check.name(), check.says());
        if (!isRun) {
            return line;
        }
        StringBuilder text = new StringBuilder(line);
        if (!passed()) {
            explain(notes, text);
        }
        bytes.lines().forEach(row -> text.append((INDENT + "  " + row).stripTrailing())
                .append('\n'));
        return text.toString();
    }

    private void explain(NotesMap notes, StringBuilder text) {
        text.append(INDENT).append(message).append('\n');
        notes.step(step)
                .ifPresent(found -> text.append(INDENT + "step in question: " + found.what() + " (" + found.id() + ")\n"
                        + INDENT + "in the course's code: " + found.code() + "\n"));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / MILLIS);
    }
}
