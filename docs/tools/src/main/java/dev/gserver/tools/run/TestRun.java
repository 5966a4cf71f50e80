package dev.gserver.tools.run;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Has Maven build a stage's folder and run its tests, says how far it is, and reads the reports. */
public final class TestRun {
    private static final Duration MOST_SILENCE = Duration.ofMinutes(10);

    private final Project project;
    private final Path folder;
    private final String name;

    /** @param name of what is tested, for the user */
    public TestRun(Project project, Path folder, String name) {
        this.project = project;
        this.folder = folder;
        this.name = name;
    }

    /** @param words goals and options for Maven */
    public Outcome start(String... words) throws IOException, InterruptedException {
        Path reports = folder.resolve("target/surefire-reports");
        removeOld(reports);
        System.err.println("course: building " + name + " and running its tests ...");
        long start = System.nanoTime();
        Process maven;
        try {
            maven = Maven.command(project, folder, words)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw Refusal.ofWork("Maven cannot be started: " + e.getMessage());
        }
        TestProgress progress = TestProgress.onTerminal(folder.resolve("src/test/java"));
        MavenLog log = new MavenLog(maven, MOST_SILENCE);
        boolean ended = log.follow(progress::line);
        progress.end();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        String hung = ended
                ? ""
                : "nothing has happened for " + MOST_SILENCE.toMinutes() + " minutes"
                        + progress.running()
                                .map(test -> ", while " + test + " ran")
                                .orElse("") + "; the build was ended";
        return new Outcome(ended ? maven.waitFor() : 1, log.lines(), hung, TestClass.readAll(reports), seconds);
    }

    private static void removeOld(Path reports) throws IOException {
        if (Files.isDirectory(reports)) {
            try (Stream<Path> files = Files.list(reports)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.delete(file);
                }
            }
        }
    }

    /** @param hung why it was ended before its time; empty if it was not */
    public record Outcome(int exitCode, List<String> log, String hung, List<TestClass> classes, long seconds) {
        public int count() {
            return classes.stream().mapToInt(TestClass::count).sum();
        }

        public int skipped() {
            return classes.stream().mapToInt(TestClass::skipped).sum();
        }

        public List<TestFailure> failures() {
            return classes.stream().flatMap(test -> test.failures().stream()).toList();
        }
    }
}
