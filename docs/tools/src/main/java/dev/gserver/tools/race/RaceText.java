package dev.gserver.tools.race;

import dev.gserver.tools.common.Texts;
import dev.gserver.tools.race.Race.Event;
import java.io.PrintStream;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints a race: what is wrong, the order of steps in a column for each thread, what was lost, what prevents it. */
record RaceText(Race race, Texts texts, PrintStream out, int width, Ansi ansi) {
    private static final int LEAST_COLUMN = 30;
    private static final String BETWEEN = " | ";
    private static final String INDENT = "  ";
    private static final Pattern STEP_OR_PLACE = Pattern.compile("\\[\\w+\\.[0-9-]+]|\\w+:\\d+(?= *(\\||$))");

    void print() {
        line(Style.bold, texts.get("race.title", race.name(), race.title()));
        line("");
        paragraph(texts.get("race.wrong", race.stage()));
        race.patch().lines().filter(line -> !line.matches("---.*| ")).forEach(this::printPatch);
        line("");
        if (race.isOfMemory()) {
            printTries();
        } else {
            printOrder();
        }
        printEnd();
    }

    private void printTries() {
        paragraph(texts.get("race.memory"));
        line("");
        paragraph(texts.get("race.stress", race.scenario()));
        line(race.scene().file());
    }

    private void printOrder() {
        paragraph(texts.get("race.story", race.scenario(), race.scene().story()));
        line(race.scene().file());
        line("");
        paragraph(texts.get("race.order", seconds()));
        line("");
        int columnWidth = (width + BETWEEN.length()) / race.threads().size() - BETWEEN.length();
        if (columnWidth < LEAST_COLUMN) {
            printInOneColumn();
        } else {
            printInColumns(columnWidth);
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", race.seconds());
    }

    private void printPatch(String text) {
        if (text.startsWith("+++ ")) {
            line(text.replaceFirst("^\\+{3} (b/)?", ""));
        } else if (text.startsWith("@@")) {
            line("");
        } else {
            Style style = text.startsWith("+") ? Style.fg_green : text.startsWith("-") ? Style.fg_red : Style.reset;
            wrapped(INDENT + text, width).forEach(line -> line(style, line));
        }
    }

    private void printInColumns(int columnWidth) {
        line(Style.bold, row(race.threads(), columnWidth));
        line(row(race.threads().stream().map(name -> "-".repeat(name.length())).toList(), columnWidth));
        for (Event event : race.steps()) {
            for (String text : cell(event, columnWidth)) {
                List<String> cells = IntStream.range(0, race.threads().size())
                        .mapToObj(thread -> thread == event.thread() ? text : "")
                        .toList();
                line(painted(row(cells, columnWidth)));
            }
        }
    }

    private static String row(List<String> cells, int columnWidth) {
        return cells.stream()
                .map(cell -> cell + " ".repeat(Math.max(0, columnWidth - cell.length())))
                .collect(Collectors.joining(BETWEEN));
    }

    private void printInOneColumn() {
        int names = race.threads().stream().mapToInt(String::length).max().orElse(0) + INDENT.length();
        int last = -1;
        for (Event event : race.steps()) {
            String name = event.thread() == last ? "" : race.threads().get(event.thread());
            for (String text : cell(event, width - names)) {
                line(painted(name + " ".repeat(names - name.length()) + text));
                name = "";
            }
            last = event.thread();
        }
    }

    /** The lines of an event: what happens, indented by the depth of the calls, and where, at the right. */
    private static List<String> cell(Event event, int width) {
        List<String> lines = new ArrayList<>(wrapped(INDENT.repeat(event.depth()) + event.text(), width));
        int free = width - lines.get(lines.size() - 1).length() - event.place().length();
        String text = free > 0 ? lines.remove(lines.size() - 1) : "";
        lines.add(text
                + " ".repeat(Math.max(0, width - text.length() - event.place().length()))
                + event.place());
        return lines;
    }

    /** Cut between words where that is possible; later lines are moved in a little more than the first. */
    private static List<String> wrapped(String text, int width) {
        int further = text.length() - text.stripLeading().length() + INDENT.length();
        String indent = " ".repeat(Math.min(further, width / 2));
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank < indent.length() ? width : blank;
            lines.add(rest.substring(0, end));
            rest = indent + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    private String painted(String line) {
        return ansi.enabled()
                ? STEP_OR_PLACE.matcher(line).replaceAll(found -> Style.faint.on() + found.group() + Style.reset.on())
                : line;
    }

    private void printEnd() {
        line("");
        paragraph(texts.get("race.expected.line", race.expected()));
        paragraph(texts.get("race.got.line", race.got()));
        line("");
        line(Style.bold, texts.get("race.lost"));
        paragraph(race.lost());
        line("");
        line(Style.bold, texts.get("race.prevents"));
        line(race.prevents().file() + ":" + race.prevents().line());
        line(Style.fg_green, INDENT + race.prevents().text().strip());
        paragraph(texts.get("race.says", race.sentence()));
        line("");
        line(texts.get("race.read", race.chapter()));
    }

    private void paragraph(String text) {
        List<String> lines = texts.isChinese() ? wrappedChinese(text, width) : wrapped(text, width);
        lines.forEach(line -> line(line.strip()));
    }

    /** A line may end between most characters, each of which is as wide as two letters. */
    private static List<String> wrappedChinese(String text, int width) {
        BreakIterator ends = BreakIterator.getLineInstance(Locale.CHINESE);
        ends.setText(text);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int from = ends.first();
        for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
            String part = text.substring(from, to);
            if (Ansi.OFF.new Text(line + part).getCJKAdjustedLength() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(part);
            from = to;
        }
        lines.add(line.toString());
        return lines;
    }

    private void line(Style style, String text) {
        line(ansi.enabled() ? style.on() + text.stripTrailing() + Style.reset.on() : text);
    }

    private void line(String text) {
        out.print(text.stripTrailing() + "\n");
    }
}
