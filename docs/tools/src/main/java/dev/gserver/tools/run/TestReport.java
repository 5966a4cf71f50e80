package dev.gserver.tools.run;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.run.TestClass.Failure;
import dev.gserver.tools.run.TestRun.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Prints what somebody has to know of a test run: each failure whole, and no more.
 *
 * @param shown a file's name in a text as the user knows it
 */
record TestReport(Project project, String name, TestSources sources, UnaryOperator<String> shown, PrintStream out) {
    /** Returns the exit code. */
    int print(Outcome outcome) {
        if (outcome.exitCode() != 0 && outcome.failures().isEmpty()) {
            out.print(new BuildErrors(outcome.log()).text(file -> project.show(Path.of(shown.apply(file)))));
        }
        printFailures(outcome);
        out.print(verdict(outcome) + "\n");
        return outcome.exitCode();
    }

    private void printFailures(Outcome outcome) {
        for (Failure failure : outcome.failures()) {
            out.print("FAIL  " + TestClass.simple(failure.testClass()) + "." + failure.method() + "\n");
            print(failure);
            out.print("\n");
        }
    }

    private void print(Failure failure) {
        out.print("      " + sources.sentence(failure) + "\n");
        failure.reason().strip().lines().forEach(line -> out.print(("        " + line).stripTrailing() + "\n"));
        sources.place(failure).ifPresent(place -> {
            Path file = Path.of(shown.apply(place.file().toString()));
            out.print("      " + project.show(file) + ":" + place.line() + "\n");
        });
    }

    private String verdict(Outcome outcome) {
        int failed = outcome.failures().size();
        if (outcome.exitCode() != 0 && failed == 0) {
            return name + ": FAILED" + (outcome.count() == 0 ? ", no tests were run" : "");
        }
        String tail = (outcome.skipped() == 0 ? "" : ", " + outcome.skipped() + " skipped,") + " in "
                + outcome.seconds() + " s";
        return failed == 0
                ? name + ": " + (outcome.count() - outcome.skipped()) + " tests passed" + tail
                : name + ": FAILED, " + failed + " of " + outcome.count() + " tests" + tail;
    }
}
