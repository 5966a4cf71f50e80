package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Workspace;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.Places.Place;
import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Standing;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts into words how a test has failed: what it is about, expected and got, where in the learner's code, and the log. */
final class FailedTest {
    private static final int MOST_LINES = 14;
    private static final int MOST_CALLS = 4;
    private static final int WIDTH = 200;

    private final Project project;
    private final Texts texts;
    private final Exercise exercise;
    private final Path folder;
    private final Places places;
    private final StringBuilder out = new StringBuilder();

    FailedTest(Project project, Exercise exercise, Path folder, Places places) {
        this.project = project;
        this.texts = project.texts();
        this.exercise = exercise;
        this.folder = folder;
        this.places = places;
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    String show(String path, long line) {
        return project.show(folder.resolve(Workspace.MAIN).resolve(path)) + ":" + line;
    }

    private String show(Place place) {
        return show(place.path(), place.line()) + ", " + place.method();
    }

    /** In lines. */
    String text(Tested failed) {
        Result result = failed.result();
        line(texts.get("learn.wrong", failed.test().sentence()));
        if (result.standing() == null) {
            reason(result.thrown()).forEach(text -> line("    " + text));
            changed(result.thrown().type()).ifPresent(text -> line("    " + text));
            where(failed);
        } else {
            standing(result);
        }
        if (!result.log().isEmpty()) {
            line("  " + texts.get("learn.logged"));
            result.log().forEach(text -> line("    " + cut(text)));
        }
        test(failed);
        return out.toString();
    }

    /** What the learner has changed that is not to be changed, if that is why something was thrown. */
    private Optional<String> changed(String thrown) {
        return switch (thrown) {
            case "java.lang.NoSuchMethodError" -> Optional.of(texts.get("learn.changed.method"));
            case "java.lang.NoSuchFieldError" -> Optional.of(texts.get("learn.changed.field"));
            case "java.lang.IllegalAccessError" -> Optional.of(texts.get("learn.changed.access"));
            default -> Optional.empty();
        };
    }

    /** The learner's lines that led there; where there are none, the line of the step. */
    private void where(Tested failed) {
        List<Place> stack = places.of(failed.result());
        String start = "  " + texts.get("learn.where");
        for (Place place : stack.subList(0, Math.min(stack.size(), MOST_CALLS))) {
            line(start + show(place));
            start = "  " + texts.get("learn.called");
        }
        if (stack.isEmpty()) {
            step(failed).ifPresent(place -> line("  " + texts.get("learn.where") + place));
        }
    }

    /** Where the step is that the test is about; of several, the first that it has not heard. */
    private Optional<String> step(Tested failed) {
        List<String> ids = List.of(failed.test().steps().split(" "));
        return ids.stream()
                .filter(id -> !failed.result().steps().contains(id))
                .findFirst()
                .or(() -> ids.stream().findFirst())
                .flatMap(id ->
                        places.ofStep(id).map(place -> texts.get("learn.step", show(place.path(), place.line()), id)));
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
                .map(FailedTest::cut)
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
        line("    " + texts.get("learn.still", String.format(Locale.ROOT, "%.0f", result.seconds())));
        for (Standing thread : result.standing()) {
            List<Place> stack = places.all(thread.frames());
            if (!stack.isEmpty()) {
                line("    " + thread.thread() + ": " + show(stack.get(0)) + call(thread));
                stack.stream()
                        .skip(1)
                        .limit(MOST_CALLS - 1)
                        .forEach(place -> line("      " + texts.get("learn.called") + show(place)));
            }
        }
        if (result.standing().stream()
                .allMatch(thread -> places.all(thread.frames()).isEmpty())) {
            line("    " + texts.get("learn.none"));
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
                        : texts.get("learn.in", called.className().replaceFirst(".*\\.", "") + "." + called.method());
            }
        }
        return "";
    }

    /** Its name, the line in the course's file, and what stands there. */
    private void test(Tested failed) {
        Path file = project.stage(exercise.stage().name())
                .tests()
                .resolve(failed.test().path());
        Optional<TestPlace> place =
                TestPlace.of(exercise.stage(), failed.test(), failed.result().thrown());
        String at = project.show(file) + place.map(found -> ":" + found.line()).orElse("");
        line("  " + texts.get("learn.test", failed.test().name(), at));
        place.map(TestPlace::statement).filter(code -> !code.isEmpty()).ifPresent(code -> line("    " + cut(code)));
    }
}
