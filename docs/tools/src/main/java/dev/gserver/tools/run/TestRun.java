package dev.gserver.tools.run;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.exercise.TestOn;
import dev.gserver.tools.run.TestClass.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** Has Maven build a stage's folder and run its tests, says how far it is, and reads the reports. */
public final class TestRun {
    private static final Pattern RUNNING = Pattern.compile("\\[INFO\\] Running (?:.*\\.)?(\\w+)(?:\\$.*)?");
    private static final String ERASE = "\r\033[K";

    private TestRun() {}

    record Outcome(int exitCode, List<String> log, List<TestClass> classes, long seconds) {
        int count() {
            return classes.stream().mapToInt(TestClass::count).sum();
        }

        int skipped() {
            return classes.stream().mapToInt(TestClass::skipped).sum();
        }

        List<TestClass> failing() {
            return classes.stream().filter(test -> !test.failures().isEmpty()).toList();
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
            return new TestReport(project, stage.name(), stage.folder(), file -> file, out).print(outcome);
        }
    }

    /** Runs the tests of a stage on what a learner has written; returns the exit code. */
    public static int testOn(Project project, Stage stage, String folder, PrintStream out)
            throws IOException, InterruptedException {
        try (TestOn test = TestOn.prepare(project, stage, project.resolve(folder))) {
            Outcome outcome = run(project, test.folder(), folder, test.options());
            return new TestOnReport(project, folder, test, out).print(outcome);
        }
    }

    /** @param name of what is tested, for the user */
    private static Outcome run(Project project, Path folder, String name, List<String> words)
            throws IOException, InterruptedException {
        Path reports = folder.resolve("target/surefire-reports");
        Folders.delete(reports);
        System.err.println("course: building " + name + " and running its tests ...");
        long start = System.nanoTime();
        Process maven =
                Maven.command(project, folder, words).redirectErrorStream(true).start();
        Thread end = new Thread(() -> end(maven)); // a user who stops this program stops the tests too
        Runtime.getRuntime().addShutdownHook(end);
        List<String> log = follow(maven);
        Runtime.getRuntime().removeShutdownHook(end);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        return new Outcome(maven.waitFor(), log, TestClass.readAll(reports), seconds);
    }

    private static void end(Process maven) {
        maven.descendants().forEach(ProcessHandle::destroyForcibly);
        maven.destroyForcibly();
    }

    /** Says on a terminal, in a line that is written over, which test class runs. */
    private static List<String> follow(Process maven) throws IOException {
        List<String> log = new ArrayList<>();
        Charset encoding = Charset.forName(System.getProperty("native.encoding"));
        String erase = Ansi.AUTO.enabled() ? ERASE : null;
        int classes = 0;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(maven.getInputStream(), encoding))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                log.add(line);
                Matcher running = RUNNING.matcher(line);
                if (erase != null && running.matches()) {
                    System.err.print(erase + "test class " + ++classes + ", " + running.group(1) + ", runs");
                }
            }
        }
        System.err.print(erase == null ? "" : erase);
        return log;
    }
}
