package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.unifieddiff.UnifiedDiffFile;
import com.github.difflib.unifieddiff.UnifiedDiffReader;
import dev.gserver.tools.Tool;
import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * The tests of the exercises: each is red on its stage as it is, and green on a solution, which lies beside this class as a
 * patch of the stage. All of them are built in one call of Maven, each stage a module.
 */
class SolutionsTest {
    private static final Project PROJECT = Project.ofProgram();

    @TempDir
    private Path folder;

    @Test
    @Tag("slow") // Maven builds 22 stages
    @DisplayName("the test of each exercise is red on the stage as it is, and green on a solution")
    void testsAreRedUntilTheExerciseIsSolved() throws Exception {
        List<ChapterExercise> exercises = PROJECT.stages().stream()
                .flatMap(stage -> ChapterExercise.of(PROJECT, stage).stream())
                .toList();
        for (ChapterExercise exercise : exercises) {
            module(exercise, "red");
            Path green = module(exercise, "green");
            solve(exercise, green);
        }
        build(exercises);
        for (ChapterExercise exercise : exercises) {
            assertThat(result(exercise, "red"))
                    .as("%s, as it is", exercise.name())
                    .isNotEqualTo("green");
            assertThat(result(exercise, "green"))
                    .as("%s, solved", exercise.name())
                    .isIn("green", "skipped");
        }
    }

    private Path module(ChapterExercise exercise, String color) {
        Path module = folder.resolve(exercise.name() + "-" + color);
        ExerciseFolder.write(PROJECT, PROJECT, exercise, module);
        String pom = Folders.read(module.resolve("pom.xml"));
        String id = "<artifactId>" + exercise.stage().name() + "</artifactId>";
        assertThat(pom).contains(id);
        Folders.write(
                module.resolve("pom.xml"), pom.replace(id, "<artifactId>" + module.getFileName() + "</artifactId>"));
        return module;
    }

    private static void solve(ChapterExercise exercise, Path module) throws Exception {
        try (InputStream patch = SolutionsTest.class.getResourceAsStream("solutions/" + exercise.name() + ".patch")) {
            assertThat(patch).as("a solution of " + exercise.name()).isNotNull();
            for (UnifiedDiffFile file :
                    UnifiedDiffReader.parseUnifiedDiff(patch).getFiles()) {
                Path path = module.resolve(file.getToFile());
                List<String> lines = Files.exists(path) ? Folders.lines(path) : List.of();
                Folders.write(path, String.join("\n", file.getPatch().applyFuzzy(new ArrayList<>(lines), 1)) + "\n");
            }
        }
    }

    private void build(List<ChapterExercise> exercises) throws Exception {
        String modules = exercises.stream()
                .map(exercise ->
                        "<module>" + exercise.name() + "-red</module><module>" + exercise.name() + "-green</module>")
                .collect(Collectors.joining());
        Folders.write(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
                <groupId>solutions</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging>
                <modules>%s</modules></project>
                """.formatted(modules));
        String tests = exercises.stream().map(ChapterExercise::testClass).collect(Collectors.joining(","));
        Tool.run(Maven.command(
                PROJECT,
                folder,
                List.of("test", "-fae", "-Dtest=" + tests, "-Dsurefire.failIfNoSpecifiedTests=false")));
    }

    /** Green if its test was run and passed; skipped if this machine cannot run it. */
    private String result(ChapterExercise exercise, String color) throws Exception {
        Path reports = folder.resolve(exercise.name() + "-" + color + "/target/surefire-reports");
        for (Path file : Folders.files(reports)) {
            if (file.toString().endsWith("." + exercise.testClass() + ".xml")) {
                Element suite = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(file.toFile())
                        .getDocumentElement();
                boolean failed = !suite.getAttribute("failures").equals("0")
                        || !suite.getAttribute("errors").equals("0");
                boolean skipped = suite.getAttribute("tests").equals(suite.getAttribute("skipped"));
                return failed ? "red" : skipped ? "skipped" : "green";
            }
        }
        return "it does not compile";
    }
}
