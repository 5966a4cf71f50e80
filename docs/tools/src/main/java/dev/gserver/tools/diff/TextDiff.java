package dev.gserver.tools.diff;

import dev.gserver.tools.diff.LineDiff.Hunk;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.StageDiff.FileChange;
import dev.gserver.tools.diff.StageDiff.Status;
import java.io.PrintStream;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what differs: a table of the files, then the lines as git shows them. */
public record TextDiff(StageDiff diff, PrintStream out, Ansi ansi) {
    private static final int CONTEXT = 3;
    private static final int LONGEST_HEADING = 80;
    private static final Pattern HEADING = Pattern.compile("^[A-Za-z_$].*"); // what git takes for a function's name

    public void print() {
        printTable();
        diff.changes().forEach(this::printFile);
    }

    private void printTable() {
        String from = diff.from().name();
        line("From " + from + " to " + diff.to().name() + " (lines added, lines taken away):");
        long added = 0;
        long gone = 0;
        for (FileChange change : diff.changes()) {
            long plus = substantial(change, Line.NEW);
            long minus = substantial(change, Line.GONE);
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

    /** Lines of that kind, without blocks of changes that are nothing but blank lines. */
    private static long substantial(FileChange change, char kind) {
        return LineDiff.hunks(change.lines(), 0).stream()
                .filter(block ->
                        !block.lines().stream().allMatch(line -> line.text().isBlank()))
                .flatMap(block -> block.lines().stream())
                .filter(line -> line.kind() == kind)
                .count();
    }

    private void row(long added, long gone, String what) {
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
        LineDiff.hunks(change.lines(), CONTEXT).forEach(this::printHunk);
    }

    private void printHunk(Hunk hunk) {
        String places = "@@ -" + range(hunk, Line.NEW) + " +" + range(hunk, Line.GONE) + " @@";
        line(Style.fg_cyan, places + heading(hunk));
        for (Line line : hunk.lines()) {
            String text = line.kind() + line.text();
            if (line.kind() == Line.SAME) {
                line(text);
            } else {
                line(line.kind() == Line.NEW ? Style.fg_green : Style.fg_red, text);
            }
        }
    }

    /** First line and number of lines, in the file that has no lines of kind {@code missing}. */
    private static String range(Hunk hunk, char missing) {
        long start = hunk.all().stream()
                .limit(hunk.from())
                .filter(line -> line.kind() != missing)
                .count();
        long count =
                hunk.lines().stream().filter(line -> line.kind() != missing).count();
        long first = count == 0 ? start : start + 1;
        return count == 1 ? String.valueOf(first) : first + "," + count;
    }

    private static String heading(Hunk hunk) {
        return hunk.all().stream()
                .limit(hunk.from())
                .filter(line ->
                        line.kind() != Line.NEW && HEADING.matcher(line.text()).matches())
                .reduce((one, next) -> next)
                .map(line -> " "
                        + line.text()
                                .substring(0, Math.min(line.text().length(), LONGEST_HEADING))
                                .stripTrailing())
                .orElse("");
    }

    private void line(Style style, String text) {
        line(ansi.enabled() ? style.on() + text + Style.reset.on() : text);
    }

    private void line(String text) {
        out.print(text + "\n");
    }
}
