package dev.gserver.tools.diff;

import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.StageDiff.FileChange;
import dev.gserver.tools.diff.StageDiff.Status;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what differs: a table of the files, then the lines as git shows them. */
public record TextDiff(StageDiff diff, PrintStream out, Ansi ansi) {
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
        String from = change.status() == Status.NEW ? null : diff.from().name() + "/" + change.path();
        String to = change.status() == Status.GONE ? null : diff.to().name() + "/" + change.path();
        List<String> lines = LineDiff.unified(from, to, change.lines());
        lines.subList(0, 2).forEach(line -> line(Style.bold, line));
        for (String line : lines.subList(2, lines.size())) {
            switch (line.charAt(0)) {
                case '@' -> line(Style.fg_cyan, line.replace("+1,0 @@", "+0,0 @@")); // the library says 1
                case Line.NEW -> line(Style.fg_green, line);
                case Line.GONE -> line(Style.fg_red, line);
                default -> line(line);
            }
        }
    }

    private void line(Style style, String text) {
        line(ansi.enabled() ? style.on() + text + Style.reset.on() : text);
    }

    private void line(String text) {
        out.print(text + "\n");
    }
}
