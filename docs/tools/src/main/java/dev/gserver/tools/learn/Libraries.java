package dev.gserver.tools.learn;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.learn.Code.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** What a learner's code runs with: the libraries of the tests, and the tests themselves, compiled once. */
final class Libraries {
    static final Path PROGRAM = program();

    private Libraries() {}

    private static Path program() {
        try {
            return Path.of(Libraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** This program, and all that the tests of the stages need; the build of the tools has put it beside it. */
    static List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(PROGRAM));
        all.addAll(Folders.files(PROGRAM.resolveSibling("lib")));
        if (all.size() == 1) {
            throw Refusal.ofWork(PROGRAM.resolveSibling("lib") + ": expected the libraries of the tests there");
        }
        return all;
    }

    /** The folder with the compiled tests of the exercise's stage: against the course's own code, whose names are fixed. */
    static Path tests(Project project, Exercise exercise) {
        Map<String, String> tests = Folders.texts(exercise.stage().tests());
        Path folder = project.docs()
                .resolve("tools/target/learn")
                .resolve(exercise.stage().name());
        Path stamp = folder.resolve("stamp");
        String now = Long.toHexString(sum(exercise.texts()) << 32 | sum(tests));
        if (!isNow(stamp, now)) {
            compile(project, exercise, tests, folder, now);
        }
        return folder.resolve("tests");
    }

    private static boolean isNow(Path stamp, String now) {
        return Files.exists(stamp) && Folders.read(stamp).equals(now);
    }

    @SuppressWarnings("try") // the lock is held, not asked
    private static void compile(
            Project project, Exercise exercise, Map<String, String> tests, Path folder, String now) {
        try (FileChannel lock = Maven.lock(project, folder)) {
            if (isNow(folder.resolve("stamp"), now)) {
                return; // compiled while this one waited
            }
            System.err.println(
                    "course: compiling the tests of " + exercise.stage().name() + ", once ...");
            List<Path> classPath = new ArrayList<>(all());
            classPath.add(folder.resolve("main"));
            compile(exercise.texts(), all(), folder.resolve("main"));
            compile(tests, classPath, folder.resolve("tests"));
            Folders.write(folder.resolve("stamp"), now);
        } catch (IOException e) {
            throw Refusal.ofFile(folder + " cannot be written", e);
        }
    }

    private static long sum(Map<String, String> texts) {
        CRC32 crc = new CRC32();
        crc.update(new TreeMap<>(texts).toString().getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static void compile(Map<String, String> texts, List<Path> classPath, Path classes) {
        Code.empty(classes);
        List<Problem> problems = Code.compile(texts, classPath, classes);
        if (!problems.isEmpty()) {
            throw Refusal.ofWork("the course's own code does not compile: " + problems.get(0));
        }
    }
}
