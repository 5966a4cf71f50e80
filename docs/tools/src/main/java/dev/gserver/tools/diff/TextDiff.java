package dev.gserver.tools.diff;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints what differs: a table of the files, then the lines as git shows them. */
final class TextDiff {
    private static final int CONTEXT = 3;

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
        Hunk.of(change.lines(), CONTEXT).forEach(this::printHunk);
    }

    private void printHunk(Hunk hunk) {
        line(Style.fg_cyan, hunk.header());
        for (Line line : hunk.lines()) {
            String text = line.kind() + line.text();
            if (line.kind() == Line.SAME) {
                line(text);
            } else {
                line(line.kind() == Line.NEW ? Style.fg_green : Style.fg_red, text);
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
