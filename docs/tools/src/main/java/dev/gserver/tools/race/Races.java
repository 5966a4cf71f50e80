package dev.gserver.tools.race;

import com.google.gson.Gson;
import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.markdown.Page;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What docs/races has: wrong versions of the stages, and a program that finds out how each goes wrong. */
public final class Races {
    private static final String ENDING = ".diff";
    private static final int WIDTH = 100; // where there is no terminal
    private static final String JAR = "races-1.0.0.jar";
    private static final String PROGRAM = "dev.gserver.races.Races";

    private final Project project;
    private final Texts texts;
    private final Path folder;
    private final List<Entry> entries;

    /** A wrong version; {@code head} is what its file says of it, a line for each key, before the difference itself. */
    private record Entry(String name, Map<String, String> head) {
        static Entry read(Path file) {
            Map<String, String> head = Folders.lines(file).stream()
                    .takeWhile(line -> !line.isEmpty())
                    .map(line -> line.split(": ", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> other));
            return new Entry(file.getFileName().toString().replace(ENDING, ""), head);
        }

        String get(String key) {
            return head.getOrDefault(key, "");
        }

        /** In the user's language. */
        String told(String key, Texts texts) {
            return texts.isChinese() ? get(key + "-zh") : get(key);
        }

        String chapter() {
            return get("chapter").replaceFirst("#.*", "");
        }

        boolean isOfMemory() {
            return get("scenario").endsWith("Stress"); // a test of jcstress
        }

        String foundBy() {
            return head.containsKey("scenario") ? get("scenario") : get("test");
        }
    }

    public Races(Project project) {
        this.project = project;
        this.texts = project.texts();
        this.folder = project.docs().resolve("races");
        this.entries = Folders.files(folder.resolve("wrong")).stream()
                .filter(file -> file.toString().endsWith(ENDING))
                .map(Entry::read)
                .sorted(Comparator.comparing((Entry entry) -> entry.get("stage"))
                        .thenComparing(entry -> !entry.chapter().contains("stage" + entry.get("stage")))
                        .thenComparing(Entry::isOfMemory) // nothing to draw
                        .thenComparing(this::position)
                        .thenComparing(Entry::name))
                .toList();
        if (entries.isEmpty()) {
            throw Refusal.ofWork(folder.resolve("wrong") + ": expected files such as give-back-split" + ENDING);
        }
    }

    /** Where the chapter has its section; first comes the race that it names, as it tells that one. */
    private int position(Entry entry) {
        List<String> chapter = Folders.lines(project.home().resolve(entry.chapter()));
        List<String> anchors = chapter.stream()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceAll("^#+ |[^\\w -]", "").replace(' ', '-').toLowerCase(Locale.ROOT))
                .toList();
        boolean isTold = chapter.stream().anyMatch(line -> line.contains(entry.name()));
        return isTold ? -1 : anchors.indexOf(entry.get("chapter").replaceFirst(".*#", ""));
    }

    /** Prints all races by chapter; or those of a stage, and the first of them as it is found again; or the one of a name. */
    public void print(String word, PrintStream out, Ansi ansi) throws IOException, InterruptedException {
        if (word == null) {
            print(entries, out);
            return;
        }
        Entry entry = entry(word);
        if (!entry.name().equals(word)) {
            print(
                    entries.stream()
                            .filter(other -> other.get("stage").equals(entry.get("stage")))
                            .toList(),
                    out);
            out.print("\n");
        }
        if (!out.checkError()) { // somebody still reads
            new RaceText(find(entry), texts, out, width(ansi), ansi).print();
        }
    }

    private void print(List<Entry> entries, PrintStream out) {
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        String format = "  %-" + width + "s  " + texts.get("race.listed", "%s", "%s") + "\n";
        String chapter = null;
        for (Entry entry : entries) {
            if (!entry.chapter().equals(chapter)) {
                chapter = entry.chapter();
                out.print((entry == entries.get(0) ? "" : "\n") + texts.page(chapter) + "\n");
            }
            out.print(String.format(Locale.ROOT, format, entry.name(), entry.told("title", texts), entry.foundBy()));
        }
    }

    /** Of the terminal, if there is one. */
    private static int width(Ansi ansi) {
        return ansi.enabled() ? new UsageMessageSpec().autoWidth(true).width() : WIDTH;
    }

    /** The race of a name, or the first of a stage. */
    private Entry entry(String word) {
        boolean isStage = word.matches("\\d+|stage.*");
        String stage = isStage ? String.valueOf(project.stage(word).number()) : "";
        return entries.stream()
                .filter(entry -> isStage
                        ? entry.get("stage").equals(stage)
                        : entry.name().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.ofArguments("'" + word + "': expected a stage from 2 on, or one of "
                        + entries.stream().map(Entry::name).collect(Collectors.joining(", "))));
    }

    /** Has a race found again, and makes a page of it; {@code file} null: in the target folder of docs/races. */
    public Path writePage(String word, Path file) throws IOException, InterruptedException {
        Entry entry = entry(word);
        if (entry.isOfMemory()) {
            throw Refusal.ofWork(entry.name() + " has no order of steps to draw; without --html it is told in words");
        }
        Path page = file == null ? folder.resolve("target/" + entry.name() + ".html") : file;
        Folders.write(page, new RacePage(project, find(entry)).html());
        return page;
    }

    /** The same in both languages. */
    public void writeBoth(String word, Path english, Path chinese) throws IOException, InterruptedException {
        Entry entry = entry(word);
        Race race = run(entry);
        Folders.write(english, new RacePage(project.in(Texts.ENGLISH), race).html());
        Folders.write(chinese, new RacePage(project.in(Texts.CHINESE), inChinese(entry, race)).html());
    }

    private Race find(Entry entry) throws IOException, InterruptedException {
        Race race = run(entry);
        return texts.isChinese() ? inChinese(entry, race) : race;
    }

    private Race inChinese(Entry entry, Race race) {
        return race.told(
                entry.told("title", Texts.CHINESE),
                Page.section(project.in(Texts.CHINESE), race.chapter()),
                entry.told("sentence", Texts.CHINESE),
                entry.told("lost", Texts.CHINESE));
    }

    private Race run(Entry entry) throws IOException, InterruptedException {
        String name = entry.name();
        if (!entry.head().containsKey("scenario")) {
            throw Refusal.ofWork(
                    name + " has no order of steps to show: it is found by the stage's own test " + entry.foundBy());
        }
        List<String> command =
                List.of(Child.java(), "-cp", Maven.classPath(project, "races", JAR), PROGRAM, "run", name);
        Path result = folder.resolve("target/results/" + name + ".json");
        Files.deleteIfExists(result);
        System.err.println(
                entry.isOfMemory()
                        ? "course: waiting for a change that is not seen in " + name + ", about a minute ..."
                        : "course: looking for an order of steps in which " + name + " goes wrong, up to a minute ...");
        Process program = Child.plain(command)
                .directory(project.home().toFile())
                .redirectErrorStream(true)
                .start();
        byte[] printed = program.getInputStream().readAllBytes();
        int exitCode = program.waitFor();
        if (!Files.exists(result)) {
            System.err.write(printed);
            throw Refusal.ofWork("docs/races cannot run " + name + " (exit code " + exitCode + ")");
        }
        Race race = new Gson().fromJson(Folders.read(result), Race.class);
        if (!race.found()) {
            String tried = entry.isOfMemory() ? "tries" : "orders of steps";
            String text = "%s has not gone wrong in %d %s within %.1f s";
            throw Refusal.ofWork(String.format(Locale.ROOT, text, name, race.schedules(), tried, race.seconds()));
        }
        return race;
    }
}
