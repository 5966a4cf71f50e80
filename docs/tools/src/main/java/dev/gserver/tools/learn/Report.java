package dev.gserver.tools.learn;

import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests.Case;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.Code.Problem;
import dev.gserver.tools.report.Result;
import dev.gserver.tools.report.Results;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of an attempt, for programs. */
public final class Report {
    private Report() {}

    /**
     * A test's result.
     *
     * @param message why it failed; "" if it has passed
     */
    public static Result result(Optional<Rung> rung, Optional<Case> test, String name, String message, double seconds) {
        String step = test.map(Case::steps).orElse("");
        return new Result(rung.map(Rung::name).orElse(""), step, name, message.isEmpty(), message, seconds);
    }

    /** All tests of all rungs, those that were not run too. */
    static List<Result> results(Attempt attempt) {
        return attempt.tests().stream().map(each -> result(attempt, each)).toList();
    }

    private static Result result(Attempt attempt, Tested each) {
        boolean wasRun = each.result() != null;
        String message =
                each.passed() ? "" : wasRun ? FailedTest.message(each.result()) : whyNotRun(attempt, each.rung());
        double seconds = wasRun ? each.result().seconds() : 0;
        return result(
                Optional.of(each.rung()), Optional.of(each.test()), each.test().name(), message, seconds);
    }

    private static String whyNotRun(Attempt attempt, Rung rung) {
        if (!attempt.problems().isEmpty()) {
            Problem first = attempt.problems().get(0);
            return "does not compile: " + first.path() + ":" + first.line() + ": " + first.message();
        }
        return attempt.missing(rung).isEmpty() ? "not run: a test before it failed" : "not written yet";
    }

    public static String json(Attempt attempt) {
        return results(attempt).stream().map(Results::json).collect(Collectors.joining());
    }

    /** Keeps JUnit's XML in the learner's folder. */
    static void keep(Attempt attempt, Path folder) {
        Results.junit("rungs", results(attempt), folder.resolve(Progress.FOLDER).resolve("TEST-rungs.xml"));
    }
}
