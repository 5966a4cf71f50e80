package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.transcript.Expected;
import dev.gserver.tools.transcript.PageRun.Trouble;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the mistakes of a stage, one after the other, and looks whether each gets its verdict, and soon. */
public final class Gallery {
    private static final double MOST_SECONDS = 15;

    private final Project project;
    private final Exercise exercise;
    private final Path folder; // as a learner would call it; it is not there
    private final Map<Texts, List<Fence>> shown = new LinkedHashMap<>(); // by the chapter in each language
    private final PrintStream out;

    private Gallery(Project project, Stage stage, PrintStream out) {
        this.project = project;
        this.exercise = new Exercise(project, stage);
        this.folder = project.resolve("my-stage" + stage.number());
        for (Texts language : List.of(Texts.ENGLISH, Texts.CHINESE)) {
            Page chapter = Page.read(project.home(), chapter(language));
            shown.put(
                    language,
                    chapter.fences().stream()
                            .filter(fence -> fence.word(1).equals("mistake"))
                            .toList());
        }
        this.out = out;
    }

    /**
     * Returns whether all is as it should be.
     *
     * @param name of the only mistake to make, whose verdict is shown then; null: all of the stage
     */
    public static boolean check(Project project, Stage stage, String name, PrintStream out)
            throws InterruptedException {
        Gallery gallery = new Gallery(project, stage, out);
        List<Mistake> mistakes = Mistake.of(stage.number());
        List<String> names = mistakes.stream().map(Mistake::name).toList();
        gallery.shown.values().stream().flatMap(List::stream).forEach(fence -> expectOneOf(names, fence.word(2)));
        expectOneOf(names, name == null ? names.get(0) : name);
        boolean good = true;
        try (Runner runner = new Runner(project, gallery.exercise)) {
            runner.prepare();
            for (Mistake mistake : mistakes) {
                if (name == null || name.equals(mistake.name())) {
                    good &= gallery.make(mistake, runner, name != null);
                }
            }
        }
        return good;
    }

    private static void expectOneOf(List<String> names, String name) {
        if (!names.contains(name)) {
            throw Refusal.ofArguments("'" + name + "': expected one of " + String.join(", ", names));
        }
    }

    private boolean make(Mistake mistake, Runner runner, boolean show) throws InterruptedException {
        List<Rung> rungs = exercise.ladder().rungs();
        List<String> later = rungs.stream()
                .dropWhile(rung -> !rung.name().equals(mistake.rung()))
                .skip(1)
                .flatMap(rung -> rung.bodies().stream())
                .toList();
        Map<String, String> texts = mistake.in(exercise.without(later));
        Attempt attempt;
        double seconds;
        int runs = 0;
        do { // what else the machine has to do may slow down one of two
            long start = System.nanoTime();
            attempt = runner.run(texts, Attempt.begun(rungs, texts), what -> {});
            seconds = (System.nanoTime() - start) / 1e9;
        } while (seconds > MOST_SECONDS && ++runs < 2);
        List<String> faults = faults(mistake, attempt, seconds);
        out.printf(
                Locale.ROOT,
                "%-5s %d  %-50s %4.1f s  %s%n",
                faults.isEmpty() ? "ok" : "FAIL",
                exercise.stage().number(),
                mistake.name(),
                seconds,
                attempt.failed().map(failed -> failed.test().name()).orElse("no test fails"));
        faults.forEach(fault -> out.print(fault.indent(6)));
        out.print(show || !faults.isEmpty() ? verdict(attempt, project.texts()).indent(6) : "");
        return faults.isEmpty();
    }

    private String chapter(Texts language) {
        return language.page("docs/" + exercise.stage().name() + ".md");
    }

    private String verdict(Attempt attempt, Texts language) {
        Project told = project.in(language);
        Exercise same = new Exercise(told, exercise.stage());
        return Verdict.of(told, same, folder, attempt, new Progress(folder.resolve("target/none")));
    }

    private List<String> faults(Mistake mistake, Attempt attempt, double seconds) {
        List<String> faults = new ArrayList<>();
        Optional<Tested> failed = attempt.failed();
        expect(faults, "the rung", mistake.rung(), failed.map(each -> each.rung()
                .name()));
        expect(faults, "the test", mistake.test(), failed.map(each -> each.test()
                .name()));
        if (!verdict(attempt, Texts.ENGLISH).replaceAll("\\s+", " ").contains(mistake.says())) {
            faults.add("expected in the verdict: " + mistake.says());
        }
        if (seconds > MOST_SECONDS) {
            faults.add("expected it within " + MOST_SECONDS + " s");
        }
        shown.forEach((language, fences) -> fences.stream()
                .filter(fence -> fence.word(2).equals(mistake.name()))
                .map(fence -> new Expected(fence.line() + 1, fence.lines()))
                .forEach(expected ->
                        compare(expected, verdict(attempt, language).lines().toList(), chapter(language), faults)));
        return faults;
    }

    private static void compare(Expected expected, List<String> lines, String chapter, List<String> faults) {
        if (!expected.isAll(lines)) {
            Trouble trouble = expected.trouble(lines, "");
            faults.add(chapter + ":" + trouble.line() + ": " + trouble.text());
        }
    }

    private static void expect(List<String> faults, String what, String wanted, Optional<String> got) {
        if (!Optional.of(wanted).equals(got)) {
            faults.add("expected " + what + " " + wanted + ", got " + got.orElse("none"));
        }
    }
}
