package dev.gserver.tools.diff;

import dev.gserver.tools.common.Texts;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.SideBySide.Cell;
import dev.gserver.tools.diff.SideBySide.Row;
import dev.gserver.tools.diff.StageDiff.FileChange;
import dev.gserver.tools.diff.StageDiff.Status;
import java.util.BitSet;
import java.util.List;

/** One file of the page: its title, the remark on it, and its lines in two columns, or in one where it is new or gone. */
final class FileView {
    private static final int CONTEXT = 3;
    private static final int LEAST_FOLDED = 4;
    private static final BitSet NO_MARKS = new BitSet();

    private final FileChange change;
    private final Texts texts;
    private final StringBuilder out = new StringBuilder();

    private FileView(FileChange change, Texts texts) {
        this.texts = texts;
        this.change = change;
    }

    /** The section of {@code change}; {@code remark} is HTML, "" if there is none. */
    static String of(FileChange change, String remark, Texts texts) {
        FileView view = new FileView(change, texts);
        boolean changed = change.status() == Status.CHANGED;
        String heading = changed ? "h2" : "h3";
        view.add("<section class=file id=\"", id(change), "\">\n<", heading, " class=title><span>");
        view.add(Html.escape(change.folder()), "</span><b>", Html.escape(change.name()), "</b> ");
        view.add(Html.counts(change.count(Line.NEW), change.count(Line.GONE)), "</", heading, ">\n");
        view.add(
                remark.isEmpty()
                        ? "<div>"
                        : "<div class=beside><aside aria-label=" + texts.get("diff.remark") + ">" + remark
                                + "</aside><div>");
        if (changed) {
            view.twoColumns();
        } else {
            view.oneColumn();
        }
        view.add(remark.isEmpty() ? "</div>" : "</div></div>", "\n</section>\n");
        return view.out.toString();
    }

    static String id(FileChange change) {
        return change.path().replaceAll("[^A-Za-z0-9]+", "-");
    }

    private void add(String... parts) {
        out.append(String.join("", parts));
    }

    private void oneColumn() {
        add("<table class=single><colgroup><col class=ln><col></colgroup>\n");
        for (int line = 0; line < change.lines().size(); line++) {
            add("<tr>");
            cell(new Cell(line + 1, change.lines().get(line).text()), NO_MARKS, "");
            add("\n");
        }
        add("</table>");
    }

    private void twoColumns() {
        List<Row> rows = SideBySide.rows(change);
        int next = 0;
        while (next < rows.size()) {
            int end = endOf(rows, next, false);
            unchanged(rows, next, end);
            next = endOf(rows, end, true);
            table(rows.subList(end, next), true);
        }
    }

    private static int endOf(List<Row> rows, int from, boolean changed) {
        int end = from;
        while (end < rows.size() && rows.get(end).changed() == changed) {
            end++;
        }
        return end;
    }

    /** Lines that do not change: those next to a change are shown, the others folded. */
    private void unchanged(List<Row> rows, int from, int to) {
        int first = from == 0 ? from : Math.min(to, from + CONTEXT);
        int last = to == rows.size() ? to : Math.max(first, to - CONTEXT);
        if (last - first < LEAST_FOLDED) {
            table(rows.subList(from, to), false);
            return;
        }
        table(rows.subList(from, first), false);
        add("<details class=fold><summary>", texts.get("diff.unchanged", last - first), "</summary>\n");
        table(rows.subList(first, last), false);
        add("</details>\n");
        table(rows.subList(last, to), false);
    }

    private void table(List<Row> rows, boolean isChange) {
        if (rows.isEmpty()) {
            return;
        }
        add(
                isChange
                        ? "<table class=\"pair change\" tabindex=-1 aria-label=" + texts.get("diff.change") + ">"
                        : "<table class=pair>");
        add("<colgroup><col class=ln><col><col class=ln><col></colgroup>\n");
        for (Row row : rows) {
            add("<tr>");
            cell(row.before(), marks(row, row.before(), row.after()), row.changed() ? "del" : "");
            cell(row.after(), marks(row, row.after(), row.before()), row.changed() ? "ins" : "");
            add("\n");
        }
        add("</table>\n");
    }

    private static BitSet marks(Row row, Cell line, Cell other) {
        return row.isPair() ? SideBySide.marks(line.text(), other.text()) : NO_MARKS;
    }

    private void cell(Cell line, BitSet marks, String kind) {
        if (line == null) {
            add("<td class=\"ln none\"><td class=none>");
            return;
        }
        String classes = kind.isEmpty() ? "" : " " + kind;
        String text = line.text();
        int indent = text.length() - text.stripLeading().length();
        add("<td class=\"ln", classes, "\">" + line.number(), "<td class=\"t", classes);
        add(indent == 0 ? "\">" : "\" style=--indent:" + indent + ">");
        add(change.name().endsWith(".java") ? Html.paint(text, marks, kind) : Html.escape(text));
    }
}
