package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.Workspace;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.Code.Problem;
import dev.gserver.tools.learn.Places.Place;
import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Standing;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import dev.gserver.tools.markdown.NotesMap.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts into words what came of an attempt: how far it is, the first thing that is wrong, and what to do next. */
final class Verdict {
    private static final int MOST_LINES = 14;
    private static final int MOST_CALLS = 4;
    private static final int WIDTH = 200;

    private final Project project;
    private final Exercise exercise;
    private final Path folder;
    private final Attempt attempt;
    private final Progress progress;
    private final Places places;
    private final StringBuilder out = new StringBuilder();

    private Verdict(Project project, Exercise exercise, Path folder, Attempt attempt, Progress progress) {
        this.project = project;
        this.exercise = exercise;
        this.folder = folder;
        this.attempt = attempt;
        this.progress = progress;
        this.places = new Places(attempt.texts());
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
        bar();
        Optional<Rung> rung = attempt.atHand();
        if (rung.isEmpty()) {
            line("all " + attempt.rungs().size() + " rungs are green. Now everything: ./course test "
                    + exercise.stage().number() + " --on " + project.show(folder));
            return;
        }
        title(rung.get());
        attempt.failed()
                .filter(failed -> attempt.missing(rung.get()).isEmpty() || isOwnFault(failed))
                .ifPresent(this::failure);
        next(rung.get());
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private void problem(Problem problem) {
        List<String> lines = problem.message().lines().toList();
        line(show(problem.path(), problem.line()) + ": " + lines.get(0));
        lines.stream().skip(1).limit(MOST_LINES).forEach(more -> line("    " + more.strip()));
        int more = attempt.problems().size() - 1;
        line("it does not compile: " + (more == 0 ? "that is the only error" : more + " more errors after this one"));
    }

    private String show(String path, long line) {
        return project.show(folder.resolve(Workspace.MAIN).resolve(path)) + ":" + line;
    }

    private String show(Place place) {
        return show(place.path(), place.line()) + ", " + place.method();
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

    private void title(Rung rung) {
        line("rung " + rung.number() + " of " + attempt.rungs().size() + ", " + rung.name() + ": " + rung.does()
                + (progress.wasGreen(rung.name()) ? " (it was green before)" : ""));
    }

    /** While bodies are missing most tests fail; what counts then is what goes wrong in the learner's own lines. */
    private boolean isOwnFault(Tested failed) {
        return attempt.hole().isEmpty()
                && (failed.result().standing() != null
                        || !places.of(failed.result()).isEmpty());
    }

    private void failure(Tested failed) {
        Result result = failed.result();
        line("");
        line("wrong: " + failed.test().sentence());
        if (result.standing() == null) {
            reason(result.thrown()).forEach(text -> line("    " + text));
            where(failed);
        } else {
            standing(result);
        }
        if (!result.log().isEmpty()) {
            line("  the server logged:");
            result.log().forEach(text -> line("    " + cut(text)));
        }
        line("  the test: " + test(failed));
    }

    /** The learner's lines that led there; where there are none, the line of the step. */
    private void where(Tested failed) {
        List<Place> stack = places.of(failed.result());
        String start = "  where: ";
        for (Place place : stack.subList(0, Math.min(stack.size(), MOST_CALLS))) {
            line(start + show(place));
            start = "  called by ";
        }
        if (stack.isEmpty()) {
            step(failed).ifPresent(place -> line("  where: " + place));
        }
    }

    /** Where the step is that the test is about; of several, the first that it has not heard. */
    private Optional<String> step(Tested failed) {
        List<String> ids = List.of(failed.test().steps().split(" "));
        return ids.stream()
                .filter(id -> !failed.result().steps().contains(id))
                .findFirst()
                .or(() -> ids.stream().findFirst())
                .flatMap(id -> places.ofStep(id).map(place -> show(place.path(), place.line()) + ", step " + id));
    }

    /**
     * What was expected and what came, a list in a line, without stacks; the type of what was thrown says nothing more if
     * it is an assertion's.
     */
    private static List<String> reason(Thrown thrown) {
        boolean isAssertion = thrown.type().matches(".*Assert\\w*Error|");
        String type = isAssertion ? "" : thrown.type().replaceFirst(".*[.$]", "") + ": ";
        return (type + thrown.message().replaceAll(",\\n +", ", "))
                .lines()
                .takeWhile(text -> !text.startsWith("\tat ") && !text.startsWith("Throwable that failed"))
                .filter(text -> !text.isBlank())
                .limit(MOST_LINES)
                .map(Verdict::cut)
                .toList();
    }

    /** Why a test failed, in a line. */
    static String message(Result result) {
        return result.standing() == null
                ? reason(result.thrown()).stream().map(String::strip).collect(Collectors.joining(" "))
                : "it stands still";
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH) + " ...";
    }

    private void standing(Result result) {
        line(String.format(
                Locale.ROOT,
                "    it stands still: not at its end after %.0f s. The threads that are in your code:",
                result.seconds()));
        for (Standing thread : result.standing()) {
            places.first(thread.frames())
                    .ifPresent(place -> line("    " + thread.thread() + ": " + show(place) + call(thread)));
        }
    }

    /** What the learner's line has called. */
    private String call(Standing thread) {
        List<Frame> frames = thread.frames();
        for (int i = 1; i < frames.size(); i++) {
            if (places.isLearners(frames.get(i))) {
                Frame called = frames.get(i - 1);
                return places.isLearners(called)
                        ? ""
                        : ", in " + called.className().replaceFirst(".*\\.", "") + "." + called.method();
            }
        }
        return "";
    }

    /** Its name and the line in the course's file. */
    private String test(Tested failed) {
        Path file = project.stage(exercise.stage().name())
                .tests()
                .resolve(failed.test().path());
        String line = Optional.ofNullable(failed.result().thrown()).stream()
                .flatMap(thrown -> thrown.frames().stream())
                .filter(frame -> frame.className()
                        .replaceFirst("\\$.*", "")
                        .equals(failed.test().className()))
                .map(frame -> ":" + frame.line())
                .findFirst()
                .orElse("");
        return failed.test().name() + ", " + project.show(file) + line;
    }

    private void next(Rung rung) {
        line("");
        List<String> missing = attempt.missing(rung);
        if (missing.isEmpty()) {
            line("next: find out why. The bodies of this rung: " + String.join(", ", rung.bodies()));
        } else {
            String body = attempt.bodyAtHand().orElseThrow();
            line("next: write " + body
                    + places.of(body)
                            .map(place -> ", " + show(place.path(), place.line()))
                            .orElse(""));
            exercise.bodies(body).forEach(each -> line("      " + exercise.what(each)));
            line(missing.size() == 1 ? "" : "      left in this rung: " + String.join(", ", missing));
        }
        line("      explained in docs/" + exercise.stage().name() + ".md#" + rung.section());
    }
}
