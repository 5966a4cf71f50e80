package dev.gserver.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The course's files, as the races need them: the wrong versions, the scenarios, and what pages and comments say. */
final class Course {
    private static final Pattern MENTIONED = Pattern.compile("\\(races?: ([a-z0-9, -]+)\\)");

    private static final Pattern STORY = Pattern.compile("(?s)\n/\\*\\*(.*?)\\*/\n");
    private static final Pattern VOLATILE = Pattern.compile("(\\w+ )*volatile .*;.*");

    /** How the names of jcstress's tests end. */
    static final String STRESS = "Stress";

    private static final String SCENARIO = "Scenario";

    /** The stages whose threads hand something over. */
    static final List<Integer> STAGES = List.of(2, 3, 4, 5);

    private final Path root;

    Course(Path root) {
        this.root = root;
    }

    /** The course that the folder {@code start} is in. */
    static Course around(Path start) {
        for (Path folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs/races/wrong"))) {
                return new Course(folder);
            }
        }
        throw new Refusal(start + ": not in the course's repository, expected a folder with docs/races/wrong in it");
    }

    Path root() {
        return root;
    }

    Path target() {
        return root.resolve("docs/races/target");
    }

    /** All wrong versions, by stage, in the order in which the chapter comes to them. */
    List<Race> races() {
        try (Stream<Path> files = Files.list(root.resolve("docs/races/wrong"))) {
            return files.filter(file -> file.toString().endsWith(".diff"))
                    .map(Race::read)
                    .sorted(Comparator.comparing(Race::stage)
                            .thenComparing(this::sectionLine)
                            .thenComparing(Race::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int sectionLine(Race race) {
        return sections(race.chapter().split("#")[0]).get(sectionNumber(race)).line();
    }

    private int sectionNumber(Race race) {
        String[] chapter = race.chapter().split("#", 2);
        List<Section> sections = sections(chapter[0]);
        for (int number = 0; number < sections.size(); number++) {
            if (chapter.length == 2 && anchor(sections.get(number).heading()).equals(chapter[1])) {
                return number;
            }
        }
        throw new Refusal(race.name() + ": " + race.chapter() + " is no section, expected PAGE#ANCHOR");
    }

    /** The heading of the section of {@code race} in {@code page}, which is its chapter in one of the languages. */
    String heading(Race race, String page) {
        return sections(page).get(sectionNumber(race)).heading();
    }

    private record Section(int line, String heading) {}

    private List<Section> sections(String page) {
        List<Section> sections = new ArrayList<>();
        List<String> lines = linesOf(root.resolve(page));
        boolean inBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            inBlock ^= lines.get(i).startsWith("```");
            if (!inBlock && lines.get(i).matches("#+ .*")) {
                sections.add(new Section(i, lines.get(i).replaceFirst("#+ ", "")));
            }
        }
        return sections;
    }

    /** The anchor that GitHub gives to {@code heading}. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }

    /** The race called {@code name}. */
    Race race(String name) {
        List<Race> races = races();
        return races.stream()
                .filter(race -> race.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal("no race is called " + name + ", expected one of "
                        + String.join(", ", races.stream().map(Race::name).toList())));
    }

    /** Where the line is that prevents {@code race}. */
    Result.Prevents prevents(Race race, Path stage) {
        Path file = stage.resolve("src/main/java/dev/gserver")
                .resolve(race.prevents().file());
        List<String> lines = linesOf(file);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(race.prevents().text())) {
                return new Result.Prevents(pathOf(file), i + 1, race.prevents().text());
            }
        }
        throw new Refusal(race.name() + ": " + pathOf(file) + " has no line \""
                + race.prevents().text() + "\"");
    }

    /** Where the scenario of {@code race} is, and what happens in it. */
    Result.Scene scene(Race race) {
        Interleaving.Source source = sources(scenarioSources(race.stage())).get(race.scenario() + ".java");
        Matcher story = STORY.matcher(String.join("\n", source.lines()));
        return new Result.Scene(
                source.path(),
                story.find() ? story.group(1).replaceAll("\\s*\\n \\* ?", " ").strip() : "");
    }

    /** Refuses what no longer fits: a sentence, a line, a name in a comment, a scenario that nobody names, a field without one. */
    void check() {
        List<Race> races = races();
        Set<String> known = races.stream().map(Race::name).collect(Collectors.toSet());
        for (int stage : STAGES) {
            String java = javaOf(stage(stage));
            Set<String> mentioned = mentioned(java);
            for (String name : mentioned) {
                if (!known.contains(name)) {
                    throw new Refusal(
                            "a comment of stage " + stage + " names the race " + name + ", which does not exist");
                }
            }
            checkVolatile(stage, java, races);
            Set<String> named = new HashSet<>();
            for (Race race : races) {
                if (race.stage() == stage) {
                    checkSentence(race, java);
                    prevents(race, stage(stage));
                    if (mentioned.contains(race.name())) {
                        named.add(race.scenario());
                    }
                }
            }
            for (String scenario : scenarios(stage, SCENARIO + "|" + STRESS)) {
                if (!named.contains(scenario)) {
                    throw new Refusal(scenario + ": no comment of stage " + stage + " names one of its races");
                }
            }
        }
    }

    private static void checkVolatile(int stage, String java, List<Race> races) {
        Set<String> shown = races.stream()
                .filter(Race::isOfMemory)
                .map(race -> race.prevents().text())
                .collect(Collectors.toSet());
        java.lines()
                .map(String::strip)
                .filter(line -> VOLATILE.matcher(line).matches() && !shown.contains(line))
                .findFirst()
                .ifPresent(line -> {
                    throw new Refusal("stage " + stage + ": no test of jcstress shows what it is for: " + line);
                });
    }

    private void checkSentence(Race race, String java) {
        String chapter = race.chapter().split("#")[0];
        String page = words(chapter);
        String comments = java.replaceAll("(?m)^\\s*(\\*|//)", " ");
        if (!(page + " " + comments).replaceAll("\\s+", " ").contains(race.sentence())) {
            throw new Refusal(race.name() + ": neither " + race.chapter() + " nor a comment of stage " + race.stage()
                    + " has the words \"" + race.sentence() + "\"");
        }
        String translation = chapter.replace("docs/", "docs/zh-CN/");
        if (page.contains(race.sentence())
                && !words(translation).replace(" ", "").contains(race.chinese().replace(" ", ""))) {
            throw new Refusal(race.name() + ": " + translation + " has no words \"" + race.chinese() + "\"");
        }
    }

    private String words(String page) {
        return String.join(" ", linesOf(root.resolve(page))).replaceAll("\\s+", " ");
    }

    private static Set<String> mentioned(String java) {
        return MENTIONED
                .matcher(java.replaceAll("\\s*\\n\\s*(\\*|//)?\\s*", " "))
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(", ")))
                .collect(Collectors.toSet());
    }

    /** The names of the scenarios of stage {@code number}. */
    List<String> scenarios(int number) {
        return scenarios(number, SCENARIO);
    }

    /** The names of the tests of jcstress that stage {@code number} has. */
    List<String> stressTests(int number) {
        return scenarios(number, STRESS);
    }

    private List<String> scenarios(int number, String endings) {
        return sources(scenarioSources(number)).keySet().stream()
                .filter(name -> name.matches(".*(" + endings + ")\\.java"))
                .map(name -> name.replaceFirst("\\.java$", ""))
                .toList();
    }

    /** Where the scenarios of stage {@code number} are. */
    Path scenarioSources(int number) {
        return root.resolve("docs/races/scenarios/stage" + number);
    }

    /** The folder of stage {@code number}. */
    Path stage(int number) {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("stage" + number + "-"))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(root + ": it has no folder stage" + number + "-…"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String javaOf(Path stage) {
        StringBuilder all = new StringBuilder();
        sources(stage.resolve("src/main/java")).values().forEach(source -> source.lines()
                .forEach(line -> all.append(line).append('\n')));
        return all.toString();
    }

    /** The Java files below {@code folder}, by their names. */
    TreeMap<String, Interleaving.Source> sources(Path folder) {
        TreeMap<String, Interleaving.Source> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(
                            file.getFileName().toString(), new Interleaving.Source(pathOf(file), linesOf(file))));
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String pathOf(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + e);
        }
    }
}
