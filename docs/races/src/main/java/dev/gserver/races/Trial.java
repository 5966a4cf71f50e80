package dev.gserver.races;

import com.google.gson.Gson;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tries scenarios: on the stage as it is, which has to be green, and on wrong versions, which have to be red. Any thread. */
final class Trial {
    private static final Pattern THROWN = Pattern.compile("(?m)^java\\.lang\\.AssertionError: (.*)$");

    private final Course course;
    private final Workshop workshop;

    Trial(Course course) {
        this.course = course;
        this.workshop = new Workshop(course);
    }

    /** Tries a scenario on its stage as it is. */
    Verdict green(int stage, String scenario) {
        Child.Found found = explore(stage, scenario, workshop.scenarios(stage), "green-" + stage + "-" + scenario);
        if (found.lines() == null) {
            return new Verdict(false, found.seconds(), "no end");
        }
        boolean green = found.lines().size() == 2;
        String words = green
                ? found.lines().get(0) + " orders"
                : found.lines().stream()
                        .skip(2)
                        .limit(5)
                        .collect(Collectors.joining(" "))
                        .strip();
        return new Verdict(green, found.seconds(), words);
    }

    /** Whether it went as it has to, how long it took, and what there is to say about it. */
    record Verdict(boolean good, double seconds, String words) {}

    /** Has jcstress run all its tests of a stage as it is. */
    Verdict green(int stage, List<String> tests) {
        Child.Found found = stress(".*", Stress.GREEN_MILLIS, workshop.scenarios(stage), "green-" + stage);
        List<Stress.Outcome> outcomes = outcomes(found);
        List<String> forbidden = outcomes.stream()
                .filter(outcome -> outcome.forbidden() && outcome.count() > 0)
                .map(outcome -> outcome.test() + " " + outcome.outcome())
                .toList();
        long seen = outcomes.stream()
                .filter(outcome -> !outcome.forbidden() && outcome.count() > 0)
                .map(Stress.Outcome::test)
                .distinct()
                .count();
        boolean good = forbidden.isEmpty() && seen == tests.size();
        return new Verdict(good, found.seconds(), seen + " of " + tests.size() + " end each time " + forbidden);
    }

    private Child.Found stress(String test, int millis, String classPath, String name) {
        Path report = course.target().resolve("reports").resolve(name).resolve("outcomes.json");
        return Child.run(Stress.class, classPath, List.of(test, String.valueOf(millis)), report);
    }

    /** What jcstress has counted; nothing if it did not come to an end. */
    private static List<Stress.Outcome> outcomes(Child.Found found) {
        String json = found.lines() == null ? "[]" : String.join("\n", found.lines());
        return List.of(new Gson().fromJson(json, Stress.Outcome[].class));
    }

    /** Tries {@code race} with its scenario, and writes what was found to a file. */
    Result red(Race race) {
        Result result = race.isOfMemory() ? stale(race) : lost(race);
        result.write(course);
        return result;
    }

    /** What jcstress says. */
    private Result stale(Race race) {
        String classPath = workshop.wrong(race) + File.pathSeparator + workshop.scenarios(race.stage());
        String test = classOf(course.scenarioSources(race.stage()), race.scenario());
        Child.Found found = stress(test + "$", Stress.RED_MILLIS, classPath, race.name());
        List<Stress.Outcome> outcomes = outcomes(found);
        int tries = (int) outcomes.stream().mapToLong(Stress.Outcome::count).sum();
        String expected = outcomes.stream()
                .filter(outcome -> !outcome.forbidden())
                .findFirst()
                .map(Trial::named)
                .orElse("");
        Optional<String> got = outcomes.stream()
                .filter(outcome -> outcome.forbidden() && outcome.count() > 0)
                .findFirst()
                .map(Trial::named);
        Result.Run run = new Result.Run(
                got.isPresent(), seconds(found), tries, expected, got.orElse("nothing that is forbidden was seen"));
        return Result.of(
                race,
                course.scene(race),
                course.prevents(race, course.stage(race.stage())),
                run,
                new Interleaving.Schedule(List.of(), List.of()));
    }

    private static String named(Stress.Outcome outcome) {
        return outcome.outcome() + ": " + outcome.meaning();
    }

    /** What Lincheck finds. */
    private Result lost(Race race) {
        Path stage = course.stage(race.stage());
        String classPath = workshop.wrong(race) + File.pathSeparator + workshop.scenarios(race.stage());
        Child.Found found = explore(race.stage(), race.scenario(), classPath, race.name());
        List<String> lines = found.lines() == null ? List.of("0", "") : found.lines();
        String report = String.join("\n", lines.subList(2, lines.size()));
        boolean red = report.contains(Interleaving.TITLE); // else Lincheck has given up
        Interleaving.Schedule schedule =
                red ? Interleaving.read(report, sources(race, stage)) : new Interleaving.Schedule(List.of(), List.of());
        String got = red ? got(report, schedule) : "nothing is wrong in the orders that were tried";
        Result.Run run = new Result.Run(red, seconds(found), Integer.parseInt(lines.get(0)), lines.get(1), got);
        return Result.of(race, course.scene(race), course.prevents(race, stage), run, schedule);
    }

    private static double seconds(Child.Found found) {
        return Math.round(found.seconds() * 10) / 10.0;
    }

    /** What was thrown, or who waits for ever. */
    private static String got(String report, Interleaving.Schedule schedule) {
        Matcher thrown = THROWN.matcher(report);
        if (thrown.find()) {
            return thrown.group(1);
        }
        List<String> waiting = schedule.events().stream()
                .filter(event -> event.kind().equals("result"))
                .map(event -> schedule.threads().get(event.thread()))
                .toList();
        return String.join(" and ", waiting) + (waiting.size() == 1 ? " waits" : " wait") + " for ever";
    }

    private Map<String, Interleaving.Source> sources(Race race, Path stage) {
        Map<String, Interleaving.Source> sources = course.sources(stage.resolve("src/main/java"));
        sources.putAll(course.sources(course.scenarioSources(race.stage())));
        course.sources(course.target()
                        .resolve("work/wrong")
                        .resolve(race.name())
                        .resolve("src"))
                .forEach((name, source) -> sources.put(
                        name, new Interleaving.Source(sources.get(name).path(), source.lines())));
        return sources;
    }

    private Child.Found explore(int stage, String scenario, String classPath, String name) {
        return Child.run(
                Explore.class,
                classPath,
                List.of(classOf(course.scenarioSources(stage), scenario)),
                course.target().resolve("reports").resolve(name + ".txt"));
    }

    /** The stage's own test: it has to pass on the stage as it is, and to fail on the wrong version. */
    Verdict test(Race race) {
        Child.Found right = test(race, workshop.tests(race.stage()), "-test-right");
        String classPath = workshop.wrong(race) + File.pathSeparator + workshop.tests(race.stage());
        Child.Found wrong = test(race, classPath, "-test");
        boolean good = failures(right).equals("0") && failures(wrong).matches("[1-9].*");
        String words = "failures on the stage: " + failures(right) + ", on the wrong version: " + failures(wrong);
        return new Verdict(good, right.seconds() + wrong.seconds(), good ? "red" : words);
    }

    private Child.Found test(Race race, String classPath, String report) {
        String[] test = race.test().split("\\.");
        String type = classOf(course.stage(race.stage()).resolve("src/test/java"), test[0]);
        Path file = course.target().resolve("reports").resolve(race.name() + report + ".txt");
        return Child.run(StageTest.class, classPath, List.of(type, test[1]), file);
    }

    private static String failures(Child.Found found) {
        return found.lines() == null ? "none, without an end" : found.lines().get(1);
    }

    /** The full name of the class {@code simple} whose source is below {@code folder}. */
    private String classOf(Path folder, String simple) {
        Interleaving.Source source = course.sources(folder).get(simple + ".java");
        if (source == null) {
            throw new Refusal(course.pathOf(folder) + ": it has no " + simple + ".java");
        }
        String path = source.path().substring(course.pathOf(folder).length() + 1);
        return path.replaceFirst("\\.java$", "").replace('/', '.');
    }
}
