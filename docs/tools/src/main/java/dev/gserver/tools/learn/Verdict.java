package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Texts;
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
    private final Texts texts;
    private final Exercise exercise;
    private final Path folder;
    private final Attempt attempt;
    private final Progress progress;
    private final Places places;
    private final FailedTest failedTest;
    private final StringBuilder out = new StringBuilder();

    private Verdict(Project project, Exercise exercise, Path folder, Attempt attempt, Progress progress) {
        this.project = project;
        this.texts = project.texts();
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
            line(texts.get(
                    "verdict.all", attempt.rungs().size(), exercise.stage().number(), project.show(folder)));
            return;
        }
        title(rung.get(), wrong.isPresent());
        wrong.ifPresent(failed -> out.append('\n').append(failedTest.text(failed)));
        next(rung.get(), wrong.isPresent());
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
        line(more == 0 ? texts.get("verdict.problem") : texts.get("verdict.problems", more));
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
                .map(step -> texts.get("verdict.step", step.id(), step.what()))
                .orElse("");
        line(texts.get("verdict.steps", bar, count, steps.size()) + next);
    }

    private void title(Rung rung, boolean isRed) {
        int all = attempt.rungs().size();
        String does = exercise.ladder().rungs().get(rung.number() - 1).does(); // in the user's language
        String title = isRed
                ? texts.get("verdict.red", rung.number(), all, rung.name(), does)
                : texts.get("verdict.rung", rung.number(), all, rung.name(), does);
        line(title + (progress.wasGreen(rung.name()) ? texts.get("verdict.before") : ""));
    }

    /**
     * While bodies are missing most tests fail; what counts then is what goes wrong in the learner's own lines, or in a test
     * that has run none of those that are missing.
     */
    private boolean isOwnFault(Tested failed) {
        List<String> run = failed.result().bodies();
        return attempt.hole().isEmpty()
                && (failed.result().standing() != null
                        || !places.of(failed.result()).isEmpty()
                        || !run.isEmpty() && run.stream().noneMatch(attempt::isMissing));
    }

    private void next(Rung rung, boolean isRed) {
        line("");
        List<String> missing = attempt.missing(rung);
        if (isRed || missing.isEmpty()) {
            findOutWhy(rung);
        } else {
            String body = attempt.bodyAtHand().orElseThrow();
            line(places.of(body)
                    .map(place -> texts.get("verdict.write.at", body, failedTest.show(place.path(), place.line())))
                    .orElse(texts.get("verdict.write", body)));
            exercise.bodies(body).forEach(each -> line("      " + exercise.what(each)));
            if (missing.size() > 1) {
                line("      " + texts.get("verdict.left", String.join(", ", missing)));
            }
        }
        line("      " + texts.get("learn.explained", exercise.section(project, rung)));
    }

    /** Where to look: in what the failed test has run, as far as that is known. */
    private void findOutWhy(Rung rung) {
        List<String> run =
                attempt.failed().map(failed -> failed.result().bodies()).orElse(List.of());
        List<String> ofThis = runOf(rung, run);
        String all = String.join(", ", rung.bodies());
        if (run.isEmpty()) {
            line(rung.number() == 1 ? texts.get("verdict.why.first", all) : texts.get("verdict.why", all));
        } else if (ofThis.isEmpty()) {
            line(texts.get("verdict.why.none", all));
        } else {
            line(texts.get("verdict.why.run", String.join(", ", ofThis)));
        }
        for (int i = rung.number() - 2; i >= 0; i--) {
            Rung earlier = attempt.rungs().get(i);
            List<String> ofEarlier = runOf(earlier, run);
            if (!ofEarlier.isEmpty()) {
                String names = String.join(", ", ofEarlier);
                line("      " + texts.get("verdict.earlier", earlier.number(), earlier.name(), names));
            }
        }
    }

    private static List<String> runOf(Rung rung, List<String> run) {
        return rung.bodies().stream().filter(run::contains).toList();
    }
}
