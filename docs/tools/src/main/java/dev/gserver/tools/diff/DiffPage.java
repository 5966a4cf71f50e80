package dev.gserver.tools.diff;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.diff.StageDiff.FileChange;
import dev.gserver.tools.diff.StageDiff.Status;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What differs between two stages as one HTML page, which needs nothing but itself. Beside a file's changes stands what
 * the chapter of the later stage says about them.
 */
public record DiffPage(StageDiff diff, Remarks remarks, Texts texts) {
    public static void write(Project project, StageDiff diff, Path page) {
        Remarks remarks = Remarks.read(project, diff.from(), diff.to());
        Folders.write(page, new DiffPage(diff, remarks, project.texts()).text());
    }

    private String text() {
        return Template.fill(
                texts,
                DiffPage.class,
                "page.html",
                Map.of(
                        "from", Html.escape(diff.from().name()),
                        "to", Html.escape(diff.to().name()),
                        "style", Template.text(DiffPage.class, "page.css"),
                        "script", Template.text(DiffPage.class, "page.js"),
                        "summary", summary(),
                        "lists", diff.parts().stream().map(this::list).collect(Collectors.joining()),
                        "files", diff.parts().stream().map(this::files).collect(Collectors.joining())));
    }

    private String summary() {
        String files = Stream.of(Status.values())
                .map(status -> texts.get("diff.count", changes(status), label(status)))
                .collect(Collectors.joining(texts.get("diff.comma")));
        String chapter = remarks.chapter().isEmpty()
                ? ""
                : texts.get("diff.chapter", "<a href=\"" + Html.escape(remarks.chapter()) + "\">", "</a>");
        String lines = Html.counts(diff.count(Line.NEW), diff.count(Line.GONE));
        return texts.get("diff.summary", files, lines) + chapter;
    }

    private long changes(Status status) {
        return diff.changes().stream()
                .filter(change -> change.status() == status)
                .count();
    }

    private String list(StageDiff.Part part) {
        if (part.changes().isEmpty()) {
            return "<p>" + texts.get("diff.nothing", part.folder()) + "</p>\n";
        }
        StringBuilder out =
                new StringBuilder("<table class=files><caption class=sr>" + texts.get("diff.files", part.folder()));
        out.append("</caption>\n<thead class=sr><tr><th>").append(texts.get("diff.columns"));
        out.append("</thead><tbody>\n");
        for (Status status : Status.values()) {
            part.with(status).forEach(change -> out.append(listed(change)));
        }
        return out.append("</tbody></table>\n").toString();
    }

    private String listed(FileChange change) {
        return "<tr><td>" + badge(change.status()) + "<td><a href=\"#" + FileView.id(change) + "\"><span>"
                + Html.escape(change.folder()) + "</span><wbr><b>" + Html.escape(change.name()) + "</b></a>"
                + "<td class=plus>+" + change.count(Line.NEW) + "<td class=minus>\u2212" + change.count(Line.GONE)
                + "\n";
    }

    private String badge(Status status) {
        return "<span class=\"badge " + status.word() + "\">" + label(status) + "</span>";
    }

    private String label(Status status) {
        return switch (status) {
            case CHANGED -> texts.get("diff.changed");
            case NEW -> texts.get("diff.new");
            case GONE -> texts.get("diff.gone");
        };
    }

    private String files(StageDiff.Part part) {
        StringBuilder out = new StringBuilder();
        if (diff.parts().size() > 1) {
            out.append("<h2 class=part>").append(part.folder()).append("</h2>\n");
        }
        part.with(Status.CHANGED).forEach(change -> out.append(view(change)));
        for (Status status : List.of(Status.NEW, Status.GONE)) {
            byPackage(part.with(status)).forEach((name, changes) -> out.append(folded(name, changes, status)));
        }
        return out.toString();
    }

    private String view(FileChange change) {
        return FileView.of(change, remarks.on(change.path()), texts);
    }

    private static Map<String, List<FileChange>> byPackage(List<FileChange> changes) {
        return changes.stream()
                .collect(Collectors.groupingBy(
                        change -> change.folder()
                                .replaceFirst("^.*/java/(.+)/$", "$1")
                                .replace('/', '.'),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private String folded(String name, List<FileChange> changes, Status status) {
        char kind = status == Status.NEW ? Line.NEW : Line.GONE;
        int lines = changes.stream().mapToInt(change -> change.count(kind)).sum();
        String names = changes.stream()
                .map(change -> Html.escape(change.name().replaceFirst("\\.java$", "")))
                .collect(Collectors.joining(", "));
        return "<details class=package><summary tabindex=0 class=change><b>" + Html.escape(name) + "</b> "
                + badge(status)
                + " " + texts.get(changes.size() == 1 ? "diff.file" : "diff.several", changes.size())
                + texts.get("diff.comma") + texts.get(lines == 1 ? "diff.line" : "diff.lines", lines)
                + texts.get("diff.colon") + names + "</summary>\n"
                + changes.stream().map(this::view).collect(Collectors.joining())
                + "</details>\n";
    }
}
