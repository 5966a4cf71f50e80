package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code course start} makes of each stage of this checkout. */
class SkeletonsTest {
    private static final Project PROJECT = Project.ofProgram();

    /** Bodies to write: a learner has less to do for what is given. */
    private static final Map<String, Integer> MOST_BODIES = Map.of("1", 25, "2", 45, "3", 25, "4", 25, "5", 25);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    void itCompilesAndSaysWhatToDo(String number) throws IOException {
        Stage stage = PROJECT.stage(number);
        Exercise exercise = new Exercise(PROJECT, stage);
        Path home = folder.resolve("my stage 阶段");
        int bodies = Workspace.write(PROJECT, exercise, home);

        assertThat(problems(home.resolve(Workspace.MAIN))).isEmpty();
        assertThat(bodies).isBetween(1, MOST_BODIES.get(number));
        assertThat(Folders.texts(home.resolve(Workspace.MAIN)))
                .containsOnlyKeys(exercise.texts().keySet());
        for (Rung rung : exercise.ladder().rungs()) {
            assertThat(home.resolve("TASK.md")).content().contains("### " + rung.number() + ". " + rung.name());
            String text = String.join("", exercise.skeleton().values()).replaceAll("\"\\s+\\+ \"", "");
            assertThat(rung.bodies()).allSatisfy(body -> assertThat(text)
                    .as("a hole names its rung")
                    .containsPattern(
                            "\"TODO " + body + ": [^\\n]+ \\(rung " + rung.number() + ", " + rung.name() + "\\)\""));
        }
        assertThat(home.resolve("AGENTS.md")).content().contains("teach, and do not solve", home.toString());
        assertThat(Folders.texts(home.resolve("src/test")))
                .isEqualTo(Folders.texts(stage.folder().resolve("src/test")));
        assertThat(home.resolve("mvnw")).isExecutable();
    }

    private String problems(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter out = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> paths = new ArrayList<>();
            Folders.texts(sources).keySet().forEach(path -> paths.add(sources.resolve(path)));
            List<String> options = List.of("--release", "17", "-Xlint:all", "-Werror", "-d", folder.toString());
            compiler.getTask(out, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
        }
        return out.toString();
    }

    @Test
    void makesTheFolderWhereTheUserIsAndLeavesAloneWhatIsThere() {
        Project user = new Project(PROJECT.home(), folder);
        assertThat(Tool.call(user, "start", "1", "new/my stage").out())
                .matches("course: new/my stage: stage 1, the layer listen, with \\d+ bodies to write in \\d+ rungs?\\."
                        + " Next: \\./course learn 1 new/my stage\n");
        Path there = folder.resolve("new/my stage");
        assertThat(Tool.call(user, "start", "2", "new/my stage").err())
                .startsWith("course: start: " + there
                        + " is there already: expected a folder that is empty or does not exist\n");
        assertThat(there.resolve("TASK.md")).content().startsWith("# Stage 1, ");
        assertThat(Tool.call(user, "start", "1", "new/my stage/TASK.md/x").err())
                .startsWith("course: start: ")
                .hasLineCount(1);
    }
}
