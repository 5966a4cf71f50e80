package dev.gserver.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of all wrong versions, in the page of each language, between two marks. */
final class Table {
    private static final String FROM = "<!-- races -->";
    private static final String TO = "<!-- /races -->";

    private final Course course;

    Table(Course course) {
        this.course = course;
    }

    /** Writes into both pages what the results of the last run say. */
    void publish() {
        write("docs/races.md", "", "| hand-over | wrong version | scenario | seconds | the stage's own test |");
        write("docs/zh-CN/races.md", "zh-CN/", "| 交接 | 错误版本 | 场景 | 秒 | 阶段自己的测试 |");
    }

    private void write(String page, String folder, String head) {
        List<String> table = new ArrayList<>(List.of(head, "|---|---|---|---|---|"));
        for (Race race : course.races()) {
            String file = race.chapter().replaceFirst("docs/(.*)#.*", "$1");
            String heading = course.heading(race, "docs/" + folder + file);
            table.add(String.format(
                    Locale.ROOT,
                    "| [%d: %s](%s#%s) | `%s` | %s | %s | %s |",
                    race.stage(),
                    heading,
                    file,
                    Course.anchor(heading),
                    race.name(),
                    race.scenario() == null ? "" : "`" + race.scenario() + "`",
                    race.scenario() == null
                            ? ""
                            : Math.round(Result.read(course, race).seconds()),
                    race.test() == null ? "" : "`" + race.test() + "`"));
        }
        Path path = course.root().resolve(page);
        List<String> lines = new ArrayList<>(Course.linesOf(path));
        int from = lines.indexOf(FROM);
        int to = lines.indexOf(TO);
        if (from < 0 || to < from) {
            throw new Refusal(page + ": expected the lines " + FROM + " and " + TO);
        }
        lines.subList(from + 1, to).clear();
        lines.addAll(from + 1, table);
        try {
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
