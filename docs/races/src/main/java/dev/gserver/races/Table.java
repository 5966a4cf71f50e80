package dev.gserver.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The tables of all wrong versions, in the page of each language, each between two marks. */
final class Table {
    private final Course course;
    private final List<Race> ofOrders;
    private final List<Race> ofMemory;

    Table(Course course) {
        this.course = course;
        this.ofOrders =
                course.races().stream().filter(race -> !race.isOfMemory()).toList();
        this.ofMemory = course.races().stream().filter(Race::isOfMemory).toList();
    }

    /** Writes into both pages what the results of the last run say. */
    void publish() {
        publish(
                "",
                "| hand-over | wrong version | scenario | seconds | the stage's own test |",
                "| field | explained in | wrong version | test | with `volatile` | without |");
        publish("zh-CN/", "| 交接 | 错误版本 | 场景 | 秒 | 阶段自己的测试 |", "| 字段 | 讲解在 | 错误版本 | 测试 | 有 `volatile` | 没有 |");
    }

    private void publish(String folder, String orders, String memory) {
        write("docs/" + folder + "races.md", "races", orders, ofOrders, race -> orderCells(race, folder));
        write("docs/" + folder + "races.md", "volatile", memory, ofMemory, race -> memoryCells(race, folder));
    }

    private List<String> orderCells(Race race, String folder) {
        boolean tried = race.scenario() != null;
        return List.of(
                section(race, folder),
                code(race.name()),
                code(race.scenario()),
                tried ? String.valueOf(Math.round(Result.read(course, race).seconds())) : "",
                code(race.test()));
    }

    private List<String> memoryCells(Race race, String folder) {
        Result result = Result.read(course, race);
        return List.of(
                code(race.field()),
                section(race, folder),
                code(race.name()),
                code(race.scenario()),
                code(outcome(result.expected())),
                code(outcome(result.got())));
    }

    private static String outcome(String text) {
        return text.replaceFirst(":.*", "");
    }

    private static String code(String text) {
        return text == null ? "" : "`" + text + "`";
    }

    /** A link to the section that explains the hand-over. */
    private String section(Race race, String folder) {
        String file = race.chapter().replaceFirst("docs/(.*)#.*", "$1");
        String heading = course.heading(race, "docs/" + folder + file);
        String chapter = file.replaceFirst("stage(\\d).*", "$1");
        return String.format(Locale.ROOT, "[%s: %s](%s#%s)", chapter, heading, file, Course.anchor(heading));
    }

    private void write(String page, String mark, String head, List<Race> races, Function<Race, List<String>> cells) {
        List<String> table = new ArrayList<>(List.of(head, "|" + "---|".repeat(head.split("\\|").length - 1)));
        races.forEach(race -> table.add("| " + String.join(" | ", cells.apply(race)) + " |"));
        Path path = course.root().resolve(page);
        List<String> lines = new ArrayList<>(Course.linesOf(path));
        int from = lines.indexOf("<!-- " + mark + " -->");
        int to = lines.indexOf("<!-- /" + mark + " -->");
        if (from < 0 || to < from) {
            throw new Refusal(page + ": expected the lines <!-- " + mark + " --> and <!-- /" + mark + " -->");
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
