package dev.gserver.tools.run;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Shutdown;
import dev.gserver.tools.exercise.TestOn;
import dev.gserver.tools.learn.Attempt;
import dev.gserver.tools.learn.Learn;
import dev.gserver.tools.learn.Report;
import dev.gserver.tools.run.TestClass.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/** Has Maven build a stage's folder and run its tests, says how far it is, and reads the reports. */
public final class TestRun {
    private static final String REPORTS = "target/surefire-reports";
    private static final long SAID_EVERY_NANOS = 10_000_000_000L;
    private static final String ERASE = "\r\033[K";

    private TestRun() {}

    record Outcome(int exitCode, List<String> log, List<TestClass> classes, long seconds) {
        int count() {
            return classes.stream().mapToInt(TestClass::count).sum();
        }

        int skipped() {
            return classes.stream().mapToInt(TestClass::skipped).sum();
        }

        List<Failure> failures() {
            return classes.stream().flatMap(test -> test.failures().stream()).toList();
        }
    }

    /** Tests a stage; returns the exit code. */
    @SuppressWarnings("try") // the lock is held, not asked
    public static int test(Project project, Stage stage, PrintStream out) throws IOException, InterruptedException {
        if (!Files.isWritable(stage.folder())) {
            throw Refusal.ofWork(stage.folder() + " cannot be written to, and the tests have to be built there");
        }
        try (FileChannel lock = Maven.lock(project, stage.folder())) {
            Outcome outcome = run(project, stage.folder(), stage.name(), List.of("verify"));
            return new TestReport(project, stage.name(), new TestSources(stage.folder()), file -> file, out)
                    .print(outcome);
        }
    }

    /**
     * Runs the tests of a stage on what a learner has written: first those of the rungs, which take seconds; all of them
     * when the rungs are green. Returns the exit code.
     *
     * @param json whether to print an object for each test, in place of what a person reads
     */
    public static int testOn(Project project, Stage stage, String folder, boolean json, PrintStream out)
            throws IOException, InterruptedException {
        Path learners = project.resolve(folder);
        try (Learn learn = new Learn(project, stage, learners)) {
            System.err.println("course: running the tests of the rungs on " + folder + " ...");
            Attempt attempt = learn.look();
            if (!attempt.isAllGreen()) {
                String more = "All tests of the stage are run when its rungs are green.\n";
                out.print(json ? Report.json(attempt) : learn.verdict(attempt) + more);
                return 1;
            }
        }
        try (TestOn test = TestOn.prepare(stage, learners)) {
            Outcome outcome = run(project, test.folder(), folder, test.options());
            keep(test.folder().resolve(REPORTS), learners.resolve(".course/reports"));
            if (json) {
                out.print(TestLines.of(stage, outcome.classes()));
                return outcome.exitCode();
            }
            int exitCode =
                    new TestReport(project, folder, new TestSources(test.folder()), test::shown, out).print(outcome);
            out.print(exitCode == 0 ? "next: compare it with the course's own code in " + stage.main() + "\n" : "");
            return exitCode;
        }
    }

    /** In place of those of the last time. There are none where something does not compile. */
    private static void keep(Path reports, Path kept) throws IOException {
        Folders.delete(kept);
        if (Files.exists(reports)) {
            Folders.copy(reports, kept);
        }
    }

    /** @param name of what is tested, for the user */
    private static Outcome run(Project project, Path folder, String name, List<String> words)
            throws IOException, InterruptedException {
        Path reports = folder.resolve(REPORTS);
        Folders.delete(reports);
        System.err.println("course: building " + name + " and running its tests ...");
        long start = System.nanoTime();
        Process maven =
                Maven.command(project, folder, words).redirectErrorStream(true).start();
        List<String> log = follow(maven, new TestsSoFar(classes(folder)));
        Shutdown.check();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        return new Outcome(maven.waitFor(), log, TestClass.readAll(reports), seconds);
    }

    /** Says how far it is: on a terminal in a line that is written over, else now and then. */
    private static List<String> follow(Process maven, TestsSoFar soFar) throws IOException {
        List<String> log = new ArrayList<>();
        boolean terminal = Ansi.AUTO.enabled();
        System.err.print(terminal ? soFar.toString() : "");
        long said = System.nanoTime();
        try (BufferedReader in = maven.inputReader()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                log.add(line);
                if (soFar.hear(line) && (terminal || System.nanoTime() - said > SAID_EVERY_NANOS)) {
                    System.err.print(terminal ? ERASE + soFar : "course: " + soFar + "\n");
                    said = System.nanoTime();
                }
            }
        }
        System.err.print(terminal ? ERASE : "");
        return log;
    }

    private static int classes(Path folder) {
        return (int) Folders.files(folder.resolve("src/test/java")).stream()
                .filter(file -> file.toString().endsWith("Test.java"))
                .count();
    }
}
