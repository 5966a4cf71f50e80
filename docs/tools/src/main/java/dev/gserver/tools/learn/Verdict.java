package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.Code.Problem;
import dev.gserver.tools.markdown.NotesMap.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts into words what came of an attempt: how far it is, the first thing that is wrong, and what to do next. */
final class Verdict {
    private static final int MOST_LINES = 8;

    private final Project project;
    private final Exercise exercise;
    private final Path folder;
    private final Attempt attempt;
    private final Progress progress;
    private final Places places;
    private final FailedTest failedTest;
    private final StringBuilder out = new StringBuilder();

    private Verdict(Project project, Exercise exercise, Path folder, Attempt attempt, Progress progress) {
        this.project = project;
        this.exercise = exercise;
        this.folder = folder;
        this.attempt = attempt;
        this.progress = progress;
        this.places = new Places(attempt.texts());
        this.failedTest = new FailedTest(project, exercise, folder, places);
    }

    /** @param folder the learner's */
    static String of(Project project, Exercise exercise, Path folder, Attempt attempt, Progress progress) {
        Verdict verdict = new Verdict(project, exercise, folder, attempt, progress);
        verdict.write();
        return verdict.out.toString();
    }

    private void write() {
        if (!attempt.problems().isEmpty()) {
            problem(attempt.problems().get(0));
            return;
        }
        Optional<Rung> rung = attempt.atHand();
        Optional<Tested> wrong = rung.flatMap(this::wrong);
        if (wrong.isEmpty()) {
            bar(); // else the tests after it were not run, and their steps not heard
        }
        if (rung.isEmpty()) {
            line("all " + attempt.rungs().size() + " rungs are green. Now everything: ./course test "
                    + exercise.stage().number() + " --on " + project.show(folder));
            return;
        }
        title(rung.get(), wrong.isPresent());
        wrong.ifPresent(failed -> out.append('\n').append(failedTest.text(failed)));
        next(rung.get());
    }

    private Optional<Tested> wrong(Rung rung) {
        return attempt.failed().filter(failed -> attempt.missing(rung).isEmpty() || isOwnFault(failed));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private void problem(Problem problem) {
        List<String> lines = problem.message().lines().toList();
        line(failedTest.show(problem.path(), problem.line()) + ": " + lines.get(0));
        lines.stream().skip(1).limit(MOST_LINES).forEach(more -> line("    " + more.strip()));
        int more = attempt.problems().size() - 1;
        line("it does not compile: " + (more == 0 ? "that is the only error" : more + " more errors after this one"));
    }

    /** The steps of the notes that belong to this stage, and how many the tests have heard. */
    private void bar() {
        List<Step> steps = exercise.notes().of(exercise.stage());
        Set<String> heard = attempt.steps();
        StringBuilder bar = new StringBuilder();
        steps.forEach(step -> bar.append(heard.contains(step.id()) ? '#' : '.'));
        long count = steps.stream().filter(step -> heard.contains(step.id())).count();
        String next = steps.stream()
                .filter(step -> !heard.contains(step.id()))
                .findFirst()
                .map(step -> "; next: " + step.id() + ", " + step.what())
                .orElse("");
        line("steps of the notes [" + bar + "] " + count + " of " + steps.size() + next);
    }

    private void title(Rung rung, boolean isRed) {
        line("rung " + rung.number() + " of " + attempt.rungs().size() + (isRed ? " is red, " : ", ") + rung.name()
                + ": "
                + rung.does()
                + (progress.wasGreen(rung.name()) ? " (it was green before)" : ""));
    }

    /** While bodies are missing most tests fail; what counts then is what goes wrong in the learner's own lines. */
    private boolean isOwnFault(Tested failed) {
        return attempt.hole().isEmpty()
                && (failed.result().standing() != null
                        || !places.of(failed.result()).isEmpty());
    }

    private void next(Rung rung) {
        line("");
        List<String> missing = attempt.missing(rung);
        if (missing.isEmpty()) {
            findOutWhy(rung);
        } else {
            String body = attempt.bodyAtHand().orElseThrow();
            line("next: write " + body
                    + places.of(body)
                            .map(place -> ", " + failedTest.show(place.path(), place.line()))
                            .orElse(""));
            exercise.bodies(body).forEach(each -> line("      " + exercise.what(each)));
            if (missing.size() > 1) {
                line("      left in this rung: " + String.join(", ", missing));
            }
        }
        line("      explained in docs/" + exercise.stage().name() + ".md#" + rung.section());
    }

    /** Where to look: in what the failed test has run, as far as that is known. */
    private void findOutWhy(Rung rung) {
        List<String> run =
                attempt.failed().map(failed -> failed.result().bodies()).orElse(List.of());
        List<String> ofThis = runOf(rung, run);
        String all = String.join(", ", rung.bodies());
        if (run.isEmpty()) {
            line("next: find out why. The bodies of this rung: " + all
                    + (rung.number() == 1 ? "" : "; or one of an earlier rung"));
        } else if (ofThis.isEmpty()) {
            line("next: find out why. The test has run no body of this rung: " + all);
        } else {
            line("next: find out why. What the test has run of this rung: " + String.join(", ", ofThis));
        }
        for (int i = rung.number() - 2; i >= 0; i--) {
            Rung earlier = attempt.rungs().get(i);
            List<String> ofEarlier = runOf(earlier, run);
            if (!ofEarlier.isEmpty()) {
                line("      of rung " + earlier.number() + ", " + earlier.name() + ": " + String.join(", ", ofEarlier));
            }
        }
    }

    private static List<String> runOf(Rung rung, List<String> run) {
        return rung.bodies().stream().filter(run::contains).toList();
    }
}
