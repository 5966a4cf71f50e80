package dev.gserver.tools.learn;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests;
import dev.gserver.tools.exercise.StageTests.Case;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.Code.Problem;
import dev.gserver.tools.learn.vm.Wire.Request;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Test;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compiles what a learner has written and runs the rungs' tests on it. Nothing in the learner's folder is changed. */
public final class Runner implements AutoCloseable {
    private static final long TEST_MILLIS = 5_000;
    private static final long ALL_MILLIS = 60_000;

    private final Project project;
    private final Exercise exercise;
    private final StageTests tests;
    private final Sandbox sandbox;
    private final Classes classes;

    public Runner(Project project, Exercise exercise) {
        this(project, exercise, new Sandbox(), new Classes(exercise.ladder().bodies()));
    }

    /** The last two may have begun their work already. */
    Runner(Project project, Exercise exercise, Sandbox sandbox, Classes classes) {
        this.project = project;
        this.exercise = exercise;
        this.tests = new StageTests(exercise.stage());
        this.sandbox = sandbox;
        this.classes = classes;
    }

    Exercise exercise() {
        return exercise;
    }

    StageTests tests() {
        return tests;
    }

    /** Does ahead what the next run needs. */
    void prepare() {
        Libraries.tests(project, exercise);
        sandbox.prepare();
    }

    /**
     * Runs the tests of {@code rungs}, one after the other, up to the first that fails, but for those that fail because they
     * run a body that is not written.
     *
     * @param texts the learner's files, by path
     * @param doing is told what is being done
     */
    Attempt run(Map<String, String> texts, List<Rung> rungs, Consumer<String> doing) throws InterruptedException {
        if (!rungs.isEmpty()) {
            sandbox.prepare(); // it starts while the compiler works
        }
        doing.accept(project.texts().get("learn.compiling"));
        List<Problem> problems = classes.compile(texts);
        List<Tested> wanted = rungs.stream().flatMap(this::tests).toList();
        List<Result> results = problems.isEmpty() && !wanted.isEmpty() ? run(wanted, missing(texts), doing) : List.of();
        doing.accept("");
        List<Tested> tested = new ArrayList<>(wanted);
        results.forEach(result ->
                tested.set(result.number(), wanted.get(result.number()).with(result)));
        exercise.ladder().rungs().stream()
                .filter(rung -> !rungs.contains(rung))
                .flatMap(this::tests)
                .forEach(tested::add);
        return new Attempt(exercise.ladder().rungs(), texts, problems, tested);
    }

    private List<String> missing(Map<String, String> texts) {
        Attempt written = new Attempt(exercise.ladder().rungs(), texts, List.of(), List.of());
        return exercise.ladder().bodies().stream().filter(written::isMissing).toList();
    }

    private Stream<Tested> tests(Rung rung) {
        return tests.of(rung).stream().map(test -> new Tested(rung, test, null));
    }

    private List<Result> run(List<Tested> tested, List<String> missing, Consumer<String> doing)
            throws InterruptedException {
        List<Case> cases = tested.stream().map(Tested::test).toList();
        Path resources = exercise.stage().folder().resolve("src/test/resources");
        List<String> classPath = Stream.of(classes.folder(), Libraries.tests(project, exercise), resources)
                .map(Path::toString)
                .toList();
        List<Test> wanted = cases.stream()
                .map(one -> new Test(one.className(), one.method()))
                .toList();
        doing.accept(testing(cases, 0));
        List<Result> results = sandbox.run(new Request(classPath, wanted, missing, TEST_MILLIS, ALL_MILLIS), result -> {
            int next = result.number() + 1;
            if (result.passed() && next < cases.size()) {
                doing.accept(testing(cases, next));
            }
        });
        return results;
    }

    private String testing(List<Case> cases, int index) {
        return project.texts()
                .get("learn.testing", index + 1, cases.size(), cases.get(index).name());
    }

    @Override
    public void close() {
        sandbox.close();
        classes.close();
    }
}
