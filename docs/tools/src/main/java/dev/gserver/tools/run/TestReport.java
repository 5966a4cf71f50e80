package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Prints what a learner has to know of a test run: each failure whole, and no more. */
public final class TestReport {
    private final Home home;
    private final String name;
    private final Path folder;

    /** @param folder where the tests lie that the user can look at */
    public TestReport(Home home, String name, Path folder) {
        this.home = home;
        this.name = name;
        this.folder = folder;
    }

    /** Returns the exit code. */
    public int print(TestRun.Outcome outcome, PrintStream out) throws IOException {
        List<TestFailure> failures = outcome.failures();
        TestSources sources = new TestSources(folder.resolve("src/test/java"));
        for (TestFailure failure : failures) {
            print(failure, sources, out);
        }
        if (outcome.exitCode() != 0 && failures.isEmpty()) {
            out.print(new BuildErrors(outcome.log(), home).text());
        }
        if (!outcome.hung().isEmpty()) {
            out.print(outcome.hung() + "\n");
        }
        out.print(verdict(outcome) + "\n");
        out.flush();
        return outcome.exitCode();
    }

    private void print(TestFailure failure, TestSources sources, PrintStream out) throws IOException {
        String testClass = failure.testClass().replaceFirst(".*\\.", "");
        out.print("FAIL  " + testClass + "." + failure.method() + "\n");
        out.print("      " + sources.sentence(failure) + "\n");
        failure.reason().strip().lines().forEach(line -> out.print(("        " + line).stripTrailing() + "\n"));
        sources.place(failure).ifPresent(place -> out.print("      " + home.show(place.file()) + ":" + place.line() + "\n"));
        out.print("\n");
    }

    private String verdict(TestRun.Outcome outcome) {
        String time = " in " + outcome.seconds() + " s";
        int failed = outcome.failures().size();
        if (outcome.exitCode() != 0 && failed == 0) {
            return name + ": FAILED" + (outcome.count() == 0 ? ", no tests were run" : "");
        }
        String skipped = outcome.skipped() == 0 ? "" : ", " + outcome.skipped() + " skipped";
        return failed == 0
                ? name + ": " + (outcome.count() - outcome.skipped()) + " tests passed" + skipped + time
                : name + ": FAILED, " + failed + " of " + outcome.count() + " tests" + skipped + time;
    }
}
