package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOnTest {
    private static final Project PROJECT = Project.ofProgram();
    private static final Stage STAGE = PROJECT.stage("1");

    @TempDir
    private Path folder;

    @Test
    void theTestsAreThoseOfTheStageAndTheCodeIsTheLearners() throws IOException {
        Path learners = folder.resolve("my stage 阶段");
        Workspace.write(PROJECT, new Exercise(PROJECT, STAGE), learners);
        Files.writeString(learners.resolve("pom.xml"), "broken");
        Folders.delete(learners.resolve("src/test"));
        Path copy;
        try (TestOn test = TestOn.prepare(STAGE, learners)) {
            copy = test.folder();
            assertThat(Folders.texts(copy.resolve("src/test")))
                    .isEqualTo(Folders.texts(STAGE.folder().resolve("src/test")));
            assertThat(copy.resolve("pom.xml"))
                    .hasSameTextualContentAs(STAGE.folder().resolve("pom.xml"));
            assertThat(Folders.texts(copy.resolve("src/main"))).isEqualTo(Folders.texts(learners.resolve("src/main")));
            String main = "src/main/java/dev/gserver/listen/ListeningSockets.java";
            assertThat(test.shown("[ERROR] " + copy.resolve(main) + ":[7,1] ';' expected"))
                    .isEqualTo("[ERROR] " + learners.toRealPath().resolve(main) + ":[7,1] ';' expected");
            String tests = "src/test/java/dev/gserver/GServerTest.java";
            assertThat(test.shown(copy.resolve(tests).toString()))
                    .as("a test is the course's, whatever is in the learner's folder")
                    .isEqualTo(STAGE.folder().resolve(tests).toString());
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    @Tag("slow") // Maven runs all tests of stage 2
    @DisplayName("what is right passes: the course's own code of a stage whose loop belongs to the thread that made it")
    void whatIsRightPasses() throws IOException {
        Path learners = folder.resolve("my-stage2");
        Stage stage = PROJECT.stage("2");
        Folders.copy(stage.folder().resolve("src/main"), learners.resolve("src/main"));
        String report = ".course/reports/TEST-dev.gserver.MainTest.xml";
        Folders.write(learners.resolve(report), "of the last time");
        Tool.Result result = Tool.call(PROJECT, "test", "2", "--on", learners.toString());
        assertThat(result.out()).contains(" tests passed");
        assertThat(learners.resolve(report)).content().doesNotContain("of the last time");
        assertThat(result.exitCode()).isZero();
    }
}
