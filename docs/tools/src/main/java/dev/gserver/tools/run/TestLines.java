package dev.gserver.tools.run;

import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.exercise.Ladder;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests;
import dev.gserver.tools.learn.Report;
import dev.gserver.tools.report.Results;
import dev.gserver.tools.run.TestClass.Case;
import java.util.List;

/** All tests of a stage for a program: an object of JSON for each, with its rung if it belongs to one. */
final class TestLines {
    private TestLines() {}

    static String of(Stage stage, List<TestClass> classes) {
        StageTests tests = new StageTests(stage);
        List<Rung> rungs = Ladder.of(stage.number()).rungs();
        StringBuilder out = new StringBuilder();
        for (TestClass type : classes) {
            for (Case test : type.cases()) {
                String name = type.name() + "." + test.method();
                String plain = name.replaceFirst("\\W?\\(.*|\\[.*", "");
                out.append(Results.json(Report.result(
                        rungs.stream().filter(rung -> tests.isOf(rung, plain)).findFirst(),
                        tests.find(plain).stream().findFirst(),
                        name,
                        test.failure() == null ? "" : test.failure().reason(),
                        test.seconds())));
            }
        }
        return out.toString();
    }
}
