package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.exercise.TestOn;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The same for a learner's folder, where many tests fail: the first failure of each class, and what to do next. */
final class TestOnReport extends TestReport {
    private final TestOn test;
    private final PrintStream out;

    TestOnReport(Home home, String name, TestOn test, PrintStream out) {
        super(home, name, test.folder(), test::shown, out);
        this.test = test;
        this.out = out;
    }

    @Override
    void printFailures(TestRun.Outcome outcome) throws IOException {
        List<TestClass> failing = failing(outcome);
        for (TestClass one : failing) {
            int failed = one.failures().size();
            out.print(String.format(Locale.ROOT, "  %-24s %3d of %3d failed\n", one.simpleName(), failed, one.count()));
            print(one.mostTelling());
        }
        if (outcome.count() > 0) {
            test.hang().ifPresent(hang -> out.print("  " + hang + "\n"));
            List<String> finished =
                    outcome.classes().stream().map(TestClass::simpleName).toList();
            String missing = String.join(", ", test.notFinished(finished));
            out.print(missing.isEmpty() ? "" : "  not finished: " + missing + "\n");
        }
    }

    void printNext(TestRun.Outcome outcome) {
        if (outcome.count() > 0) {
            boolean passed = outcome.exitCode() == 0;
            List<String> failing =
                    failing(outcome).stream().map(TestClass::simpleName).toList();
            out.print("next: " + (passed ? test.whenAllPass() : test.next(failing)) + "\n");
            out.flush();
        }
    }

    private static List<TestClass> failing(TestRun.Outcome outcome) {
        return outcome.classes().stream()
                .filter(one -> !one.failures().isEmpty())
                .toList();
    }
}
