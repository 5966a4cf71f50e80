package dev.gserver.tools.run;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.TestOn;
import dev.gserver.tools.run.TestRun.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The same for a learner's folder, where many tests fail: the first failure of each class, and what to do next. */
final class TestOnReport extends TestReport {
    private final TestOn test;
    private final PrintStream out;

    TestOnReport(Project project, String name, TestOn test, PrintStream out) {
        super(project, name, test.folder(), test::shown, out);
        this.test = test;
        this.out = out;
    }

    private static List<String> names(List<TestClass> classes) {
        return classes.stream().map(TestClass::name).toList();
    }

    @Override
    void printFailures(Outcome outcome) throws IOException {
        for (TestClass one : outcome.failing()) {
            int failed = one.failures().size();
            out.print(String.format(Locale.ROOT, "  %-24s %3d of %3d failed\n", one.name(), failed, one.count()));
            print(one.mostTelling());
        }
        if (outcome.count() > 0) {
            String missing = String.join(", ", test.notFinished(names(outcome.classes())));
            out.print(missing.isEmpty() ? "" : "  not finished: " + missing + "\n");
        }
    }

    @Override
    void printNext(Outcome outcome) {
        if (outcome.exitCode() == 0) {
            out.print("next: " + test.whenAllPass() + "\n");
        }
    }
}
