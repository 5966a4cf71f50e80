package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.transcript.Expected;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final List<Fence> shown; // by the chapter
    private final PrintStream out;

    private Gallery(Project project, Stage stage, PrintStream out) {
        this.project = project;
        this.exercise = new Exercise(project, stage);
        this.folder = project.resolve("my-stage" + stage.number());
        this.shown = Page.read(project.home(), "docs/" + stage.name() + ".md").fences().stream()
                .filter(fence -> fence.word(1).equals("mistake"))
                .toList();
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
        gallery.shown.forEach(fence -> expectOneOf(names, fence.word(2)));
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
        String verdict = Verdict.of(project, exercise, folder, attempt, new Progress(folder.resolve("target/none")));
        List<String> faults = faults(mistake, attempt, verdict, seconds);
        out.printf(
                Locale.ROOT,
                "%-5s %d  %-50s %4.1f s  %s%n",
                faults.isEmpty() ? "ok" : "FAIL",
                exercise.stage().number(),
                mistake.name(),
                seconds,
                attempt.failed().map(failed -> failed.test().name()).orElse("no test fails"));
        faults.forEach(fault -> out.print(fault.indent(6)));
        out.print(show || !faults.isEmpty() ? verdict.indent(6) : "");
        return faults.isEmpty();
    }

    private List<String> faults(Mistake mistake, Attempt attempt, String verdict, double seconds) {
        List<String> faults = new ArrayList<>();
        Optional<Tested> failed = attempt.failed();
        expect(faults, "the rung", mistake.rung(), failed.map(each -> each.rung()
                .name()));
        expect(faults, "the test", mistake.test(), failed.map(each -> each.test()
                .name()));
        if (!verdict.replaceAll("\\s+", " ").contains(mistake.says())) {
            faults.add("expected in the verdict: " + mistake.says());
        }
        if (seconds > MOST_SECONDS) {
            faults.add("expected it within " + MOST_SECONDS + " s");
        }
        List<String> lines = verdict.lines().toList();
        shown.stream()
                .filter(fence -> fence.word(2).equals(mistake.name()))
                .map(fence -> new Expected(fence.line() + 1, fence.lines()))
                .filter(expected -> !expected.isAll(lines))
                .map(expected -> expected.trouble(lines, ""))
                .forEach(trouble -> faults.add(
                        "docs/" + exercise.stage().name() + ".md:" + trouble.line() + ": " + trouble.text()));
        return faults;
    }

    private static void expect(List<String> faults, String what, String wanted, Optional<String> got) {
        if (!Optional.of(wanted).equals(got)) {
            faults.add("expected " + what + " " + wanted + ", got " + got.orElse("none"));
        }
    }
}
