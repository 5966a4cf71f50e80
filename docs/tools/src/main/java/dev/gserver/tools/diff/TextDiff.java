package dev.gserver.tools.diff;

import dev.gserver.tools.diff.LineDiff.Hunk;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.StageDiff.FileChange;
import dev.gserver.tools.diff.StageDiff.Status;
import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what differs: a table of the files, then the lines as git shows them. */
public record TextDiff(StageDiff diff, PrintStream out, Ansi ansi) {
    private static final int CONTEXT = 3;

    public void print() {
        printTable();
        diff.changes().forEach(this::printFile);
    }

    private void printTable() {
        String from = diff.from().name();
        line("From " + from + " to " + diff.to().name() + " (lines added, lines taken away):");
        for (FileChange change : diff.changes()) {
            String what = String.format(Locale.ROOT, "%-8s%s", change.status().word(), change.path());
            row(change.count(Line.NEW), change.count(Line.GONE), what);
        }
        row(
                diff.count(Line.NEW),
                diff.count(Line.GONE),
                "in all: " + diff.count(Line.GONE) + " lines of " + from + " are taken away");
        line("");
    }

    private void row(long added, long gone, String what) {
        line(String.format(Locale.ROOT, "  +%-5d -%-5d %s", added, gone, what));
    }

    private void printFile(FileChange change) {
        boolean isNew = change.status() == Status.NEW;
        boolean isGone = change.status() == Status.GONE;
        line(Style.bold, "--- " + (isNew ? "/dev/null" : diff.from().name() + "/" + change.path()));
        line(Style.bold, "+++ " + (isGone ? "/dev/null" : diff.to().name() + "/" + change.path()));
        LineDiff.hunks(change.lines(), CONTEXT).forEach(this::printHunk);
    }

    private void printHunk(Hunk hunk) {
        line(Style.fg_cyan, "@@ -" + range(hunk, Line.NEW) + " +" + range(hunk, Line.GONE) + " @@");
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
        return (count == 0 ? start : start + 1) + "," + count;
    }

    private void line(Style style, String text) {
        line(ansi.enabled() ? style.on() + text + Style.reset.on() : text);
    }

    private void line(String text) {
        out.print(text + "\n");
    }
}
