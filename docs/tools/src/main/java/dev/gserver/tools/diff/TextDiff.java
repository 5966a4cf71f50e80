package dev.gserver.tools.diff;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what differs: a table of the files, then the lines as git shows them. */
final class TextDiff {
    private static final int CONTEXT = 3;
    private static final int LONGEST_HEADING = 80;
    private static final Pattern HEADING = Pattern.compile("^[A-Za-z_$].*"); // what git takes for a function's name

    private final StageDiff diff;
    private final PrintWriter out;
    private final Ansi ansi;

    TextDiff(StageDiff diff, PrintWriter out, Ansi ansi) {
        this.diff = diff;
        this.out = out;
        this.ansi = ansi;
    }

    void print() {
        printTable();
        diff.changes().forEach(this::printFile);
        out.flush();
    }

    private void printTable() {
        String from = diff.from().name();
        line("From " + from + " to " + diff.to().name() + " (lines added, lines taken away):");
        int added = 0;
        int gone = 0;
        for (FileChange change : diff.changes()) {
            int plus = change.countSubstantial(Line.NEW);
            int minus = change.countSubstantial(Line.GONE);
            if (plus + minus > 0) {
                added += plus;
                gone += minus;
                row(
                        plus,
                        minus,
                        String.format(Locale.ROOT, "%-8s%s", change.status().word(), change.path()));
            }
        }
        row(added, gone, "in all: " + gone + " lines of " + from + " are taken away");
        line("");
    }

    private void row(int added, int gone, String what) {
        line(String.format(Locale.ROOT, "  +%-5d -%-5d %s", added, gone, what));
    }

    private void printFile(FileChange change) {
        String before = diff.from().name() + "/" + change.path();
        String after = diff.to().name() + "/" + change.path();
        boolean isNew = change.status() == Status.NEW;
        boolean isGone = change.status() == Status.GONE;
        line(Style.bold, "diff --git a/" + (isNew ? after : before) + " b/" + (isGone ? before : after));
        if (change.status() != Status.CHANGED) {
            line(Style.bold, isNew ? "new file mode 100644" : "deleted file mode 100644");
        }
        line(Style.bold, "--- " + (isNew ? "/dev/null" : "a/" + before));
        line(Style.bold, "+++ " + (isGone ? "/dev/null" : "b/" + after));
        printHunks(change.lines());
    }

    private void printHunks(List<Line> lines) {
        int position = 0;
        while ((position = nextChange(lines, position)) < lines.size()) {
            int from = Math.max(0, position - CONTEXT);
            int last = position;
            for (int next = position;
                    next < lines.size() && next <= last + 2 * CONTEXT + 1;
                    next = nextChange(lines, next + 1)) {
                last = next;
            }
            int to = Math.min(lines.size(), last + CONTEXT + 1);
            printHunk(lines, from, to);
            position = to;
        }
    }

    private static int nextChange(List<Line> lines, int from) {
        int next = from;
        while (next < lines.size() && lines.get(next).kind() == Line.SAME) {
            next++;
        }
        return next;
    }

    private void printHunk(List<Line> lines, int from, int to) {
        line(
                Style.fg_cyan,
                "@@ -" + range(lines, from, to, Line.NEW) + " +" + range(lines, from, to, Line.GONE) + " @@"
                        + heading(lines, from));
        for (Line line : lines.subList(from, to)) {
            String text = line.kind() + line.text();
            if (line.kind() == Line.SAME) {
                line(text);
            } else {
                line(line.kind() == Line.NEW ? Style.fg_green : Style.fg_red, text);
            }
        }
    }

    /** First line and number of lines of a hunk, in the file that has no lines of kind {@code missing}. */
    private static String range(List<Line> lines, int from, int to, char missing) {
        long start = lines.subList(0, from).stream()
                .filter(line -> line.kind() != missing)
                .count();
        long count = lines.subList(from, to).stream()
                .filter(line -> line.kind() != missing)
                .count();
        long first = count == 0 ? start : start + 1;
        return count == 1 ? String.valueOf(first) : first + "," + count;
    }

    private static String heading(List<Line> lines, int before) {
        for (int i = before - 1; i >= 0; i--) {
            String text = lines.get(i).text();
            if (lines.get(i).kind() != Line.NEW && HEADING.matcher(text).matches()) {
                return " "
                        + text.substring(0, Math.min(text.length(), LONGEST_HEADING))
                                .stripTrailing();
            }
        }
        return "";
    }

    private void line(Style style, String text) {
        line(ansi.enabled() ? style.on() + text + Style.reset.on() : text);
    }

    private void line(String text) {
        out.print(text + "\n");
    }
}
