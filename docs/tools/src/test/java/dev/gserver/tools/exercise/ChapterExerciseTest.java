package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exercises of the chapters, as ./course exercise hands them out. */
class ChapterExerciseTest {
    private static final Project PROJECT = Project.ofProgram();

    @TempDir
    private Path folder;

    private Result exercise(String... words) {
        List<String> all = new ArrayList<>(List.of("exercise"));
        all.addAll(List.of(words));
        return Tool.call(new Project(PROJECT.home(), folder), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    @DisplayName("each chapter has two or more; each has a task, a hint and a test, in both languages the same")
    void listsThem(String number) {
        Stage stage = PROJECT.stage(number);
        List<ChapterExercise> exercises = ChapterExercise.of(PROJECT, stage);
        assertThat(exercises).hasSizeGreaterThanOrEqualTo(2);
        assertThat(exercises).extracting(ChapterExercise::name).doesNotHaveDuplicates();
        for (ChapterExercise exercise : exercises) {
            assertThat(exercise(number).out()).contains(exercise.name() + " ").contains(exercise.title() + "\n");
            assertThat(exercise.text()).contains("<summary>Hint</summary>").doesNotContain("```java");
            assertThat(exercise.test()).contains("class " + exercise.testClass() + " {");
        }
    }

    @Test
    @DisplayName("a folder has the stage, the exercise's test, the task with its hint, and a Maven wrapper")
    void makesAFolder() {
        assertThat(exercise("1", "port-range", "my range").out())
                .isEqualTo("course: my range: A range of ports. Read EXERCISE.md there, then: ./mvnw -q test"
                        + " -Dtest=PortRangeTest\n");
        Path made = folder.resolve("my range");
        assertThat(made.resolve("src/test/java/dev/gserver/config/PortRangeTest.java"))
                .content()
                .startsWith("package dev.gserver.config;\n")
                .endsWith("}\n");
        assertThat(made.resolve("EXERCISE.md"))
                .content()
                .startsWith("# A range of ports\n")
                .contains("`listen.ports = 7000-7003, 7100` opens five ports.", "`ConfigValues.ports` splits the text")
                .doesNotContain("```java");
        assertThat(made.resolve("mvnw")).isExecutable();
        assertThat(made.resolve("pom.xml")).exists();
        assertThat(made.resolve("src/main/java/dev/gserver/config/ConfigValues.java"))
                .exists();
    }

    @Test
    @DisplayName("a link to another page leads there from the folder too")
    void keepsLinks() {
        exercise("1", "reuse-port");
        assertThat(folder.resolve("reuse-port/EXERCISE.md"))
                .content()
                .contains("](" + Folders.slashes(PROJECT.docs()) + "/beyond.md#more-than-one-process-on-a-port)");
    }

    @Test
    @DisplayName("a name that is none, and a folder that is there: one line")
    void refuses() {
        assertThat(exercise("1", "nothing").err())
                .startsWith("course: exercise: 'nothing': expected one of port-range, several-addresses, reuse-port\n");
        Folders.write(folder.resolve("port-range/a"), "");
        assertThat(exercise("1", "port-range").err())
                .contains("port-range is there already: expected a folder that is");
    }
}
