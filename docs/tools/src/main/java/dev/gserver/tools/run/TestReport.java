package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Prints what somebody has to know of a test run: each failure whole, and no more. */
class TestReport {
    private final Home home;
    private final String name;
    private final TestSources sources;
    private final UnaryOperator<String> shown;
    private final PrintStream out;

    /**
     * @param folder where the tests are run
     * @param shown a file's name in a text as the user knows it
     */
    TestReport(Home home, String name, Path folder, UnaryOperator<String> shown, PrintStream out) {
        this.home = home;
        this.name = name;
        this.sources = new TestSources(folder.resolve("src/test/java"));
        this.shown = shown;
        this.out = out;
    }

    /** Returns the exit code. */
    final int print(TestRun.Outcome outcome) throws IOException {
        List<TestFailure> failures = outcome.failures();
        if (outcome.exitCode() != 0 && failures.isEmpty()) {
            out.print(new BuildErrors(outcome.log()).text(file -> home.show(Path.of(shown.apply(file)))));
        }
        printFailures(outcome);
        if (!outcome.hung().isEmpty()) {
            out.print(outcome.hung() + "\n");
        }
        out.print(verdict(outcome) + "\n");
        out.flush();
        return outcome.exitCode();
    }

    void printFailures(TestRun.Outcome outcome) throws IOException {
        for (TestFailure failure : outcome.failures()) {
            out.print("FAIL  " + failure.className() + "." + failure.method() + "\n");
            print(failure);
            out.print("\n");
        }
    }

    final void print(TestFailure failure) throws IOException {
        out.print("      " + sources.sentence(failure) + "\n");
        failure.reason().strip().lines().forEach(line -> out.print(("        " + line).stripTrailing() + "\n"));
        sources.place(failure).ifPresent(place -> out.print("      " + place(place) + "\n"));
    }

    private String place(TestSources.Place place) {
        return home.show(Path.of(shown.apply(place.file().toString()))) + ":" + place.line();
    }

    private String verdict(TestRun.Outcome outcome) {
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
