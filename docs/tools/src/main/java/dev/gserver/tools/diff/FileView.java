package dev.gserver.tools.diff;

import java.util.BitSet;
import java.util.List;

/** One file of the page: its title, the remark on it, and its lines in two columns, or in one where it is new or gone. */
final class FileView {
    private static final int CONTEXT = 3;
    private static final int LEAST_FOLDED = 4;
    private static final BitSet NO_MARKS = new BitSet();

    private final FileChange change;
    private final String remark;
    private final Painter before;
    private final Painter after;
    private final StringBuilder out = new StringBuilder();

    private FileView(FileChange change, String remark) {
        this.change = change;
        this.remark = remark;
        this.before = new Painter(change, Line.GONE);
        this.after = new Painter(change, Line.NEW);
    }

    /** The section of {@code change}; {@code remark} is HTML, "" if there is none. */
    static String of(FileChange change, String remark) {
        FileView view = new FileView(change, remark);
        view.out.append("<section class=file id=\"").append(id(change)).append("\">\n");
        if (change.status() == Status.CHANGED) {
            view.twoColumns();
        } else {
            view.oneColumn(change.status() == Status.NEW ? view.after : view.before);
        }
        return view.out.append("\n</section>\n").toString();
    }

    static String id(FileChange change) {
        return change.path().replaceAll("[^A-Za-z0-9]+", "-");
    }

    static String counts(int added, int gone) {
        return "<span class=plus>+" + added + "</span> <span class=minus>\u2212" + gone + "</span>";
    }

    private void title(String heading) {
        out.append('<').append(heading).append(" class=title><span>").append(Html.escape(change.folder()));
        out.append("</span><b>").append(Html.escape(change.name())).append("</b> ");
        out.append(counts(change.count(Line.NEW), change.count(Line.GONE)));
        out.append("</").append(heading).append(">\n");
    }

    private void openBody() {
        out.append(
                remark.isEmpty() ? "<div>" : "<div class=beside><aside aria-label=remark>" + remark + "</aside><div>");
    }

    private void closeBody() {
        out.append(remark.isEmpty() ? "</div>" : "</div></div>");
    }

    private void oneColumn(Painter painter) {
        title("h3");
        openBody();
        out.append("<table class=single><colgroup><col class=ln><col></colgroup>\n");
        for (int line = 0; line < painter.size(); line++) {
            out.append("<tr>");
            cells(painter, line, NO_MARKS, "");
            out.append('\n');
        }
        out.append("</table>");
        closeBody();
    }

    private void twoColumns() {
        title("h2");
        openBody();
        List<Row> rows = SideBySide.rows(change);
        int next = 0;
        while (next < rows.size()) {
            int end = endOf(rows, next, false);
            unchanged(rows, next, end);
            next = endOf(rows, end, true);
            table(rows.subList(end, next), true);
        }
        closeBody();
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
        out.append("<details class=fold><summary>").append(Html.number(last - first, "line", "lines"));
        out.append(" unchanged</summary>\n");
        table(rows.subList(first, last), false);
        out.append("</details>\n");
        table(rows.subList(last, to), false);
    }

    private void table(List<Row> rows, boolean isChange) {
        if (rows.isEmpty()) {
            return;
        }
        out.append(isChange ? "<table class=\"pair change\" tabindex=-1 aria-label=change>" : "<table class=pair>");
        out.append("<colgroup><col class=ln><col><col class=ln><col></colgroup>\n");
        for (Row row : rows) {
            String old = before.plain(row.before());
            String now = after.plain(row.after());
            out.append("<tr>");
            cells(before, row.before(), row.isPair() ? Words.marks(old, now) : NO_MARKS, row.changed() ? "del" : "");
            cells(after, row.after(), row.isPair() ? Words.marks(now, old) : NO_MARKS, row.changed() ? "ins" : "");
            out.append('\n');
        }
        out.append("</table>\n");
    }

    private void cells(Painter painter, int line, BitSet marks, String kind) {
        if (line < 0) {
            out.append("<td class=\"ln none\"><td class=none>");
            return;
        }
        String classes = kind.isEmpty() ? "" : " " + kind;
        String text = painter.plain(line);
        int indent = text.length() - text.stripLeading().length();
        out.append("<td class=\"ln").append(classes).append("\">").append(line + 1);
        out.append("<td class=\"t").append(classes);
        out.append(indent == 0 ? "\">" : "\" style=--indent:" + indent + ">");
        out.append(painter.line(line, marks, kind));
    }
}
