package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOnTest {
    private static final Project PROJECT = Project.ofProgram();
    private static final Stage STAGE = PROJECT.stage("1");
    private static final String SOCKETS = Workspace.MAIN + "/dev/gserver/listen/ListeningSockets.java";

    @TempDir
    private Path folder;

    private Path learners;

    @BeforeEach
    void start() throws IOException {
        learners = folder.resolve("my stage 阶段");
        Workspace.write(PROJECT, new Exercise(PROJECT, STAGE), learners);
    }

    @Test
    void theTestsAreThoseOfTheStageAndTheCodeIsTheLearners() throws IOException {
        Files.writeString(learners.resolve("pom.xml"), "broken");
        Folders.delete(learners.resolve("src/test"));
        Path copy;
        try (TestOn test = TestOn.prepare(PROJECT, STAGE, learners)) {
            copy = test.folder();
            assertThat(Folders.texts(copy.resolve("src/test")))
                    .isEqualTo(Folders.texts(STAGE.folder().resolve("src/test")));
            assertThat(copy.resolve("pom.xml"))
                    .hasSameTextualContentAs(STAGE.folder().resolve("pom.xml"));
            assertThat(Folders.texts(copy.resolve("src/main"))).isEqualTo(Folders.texts(learners.resolve("src/main")));
            assertThat(test.shown("[ERROR] " + copy.resolve(SOCKETS) + ":[7,1] ';' expected"))
                    .isEqualTo("[ERROR] " + learners.toRealPath().resolve(SOCKETS) + ":[7,1] ';' expected");
            assertThat(test.notFinished(List.of("GServerTest")))
                    .contains("MainTest")
                    .doesNotContain("GServerTest");
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void whatIsNextIsTheFirstBodyThatIsMissingOrElseTheClassWhoseTestsFail() throws IOException {
        try (TestOn test = TestOn.prepare(PROJECT, STAGE, learners)) {
            assertThat(test.next(List.of("GServerTest")))
                    .isEqualTo(
                            "ListeningSocket, number 1 of 2 in TASK.md, with 1 of the 5 bodies that are left to write");
            assertThat(test.options()).contains(Workspace.IMPATIENT);
        }
        Folders.delete(learners.resolve("src/main"));
        Folders.copy(STAGE.folder().resolve("src/main"), learners.resolve("src/main"));
        try (TestOn test = TestOn.prepare(PROJECT, STAGE, learners)) {
            assertThat(test.next(List.of("GServerTest", "ListeningSocketsTest")))
                    .isEqualTo("all bodies are written; ListeningSocketsTest looks at ListeningSockets");
            assertThat(test.options()).doesNotContain(Workspace.IMPATIENT);
        }
    }

    @Test
    void aFolderWithoutSourcesIsRefused() {
        assertThatThrownBy(() -> TestOn.prepare(PROJECT, STAGE, folder))
                .isInstanceOf(Refusal.class)
                .hasMessage(folder + ": expected a folder with src/main/java in it");
    }

    /** One class is the course's own, the others are as they are in the skeleton. */
    @Test
    @Tag("slow") // Maven builds the stage
    void whatIsWrittenPassesAndWhatIsNotFailsBecauseOfThat() throws Exception {
        Stage stage = PROJECT.stage("2");
        Path home = folder.resolve("another stage");
        Workspace.write(PROJECT, new Exercise(PROJECT, stage), home);
        String written = Workspace.MAIN + "/dev/gserver/epoll/PacketHeader.java";
        Files.writeString(home.resolve(written), Files.readString(stage.folder().resolve(written)));
        try (TestOn test = TestOn.prepare(PROJECT, stage, home)) {
            ProcessBuilder maven =
                    Maven.command(PROJECT, test.folder(), List.of("-Dtest=PacketHeaderTest,ConnectionPoolTest"));
            maven.command().addAll(test.options());
            Process process = maven.redirectErrorStream(true).start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(log)
                    .contains("TODO ConnectionPool.ConnectionPool: ")
                    .containsPattern("Tests run: [1-9]\\d*, Failures: 0, Errors: 0.*PacketHeaderTest\\b");
            assertThat(process.waitFor()).isEqualTo(1);
        }
    }
}
