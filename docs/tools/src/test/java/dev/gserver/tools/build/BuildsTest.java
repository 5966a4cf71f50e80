package dev.gserver.tools.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the mvnw of this test is a program for a POSIX shell")
class BuildsTest {
    @TempDir
    private Path home;

    private Project project;
    private Stage stage;

    @BeforeEach
    void makeStage() throws IOException {
        project = new Project(home);
        stage = project.stage("2");
        Files.createDirectories(stage.folder().resolve("target"));
        Files.createDirectories(stage.main());
        Files.writeString(stage.folder().resolve("pom.xml"), "");
        Files.writeString(stage.main().resolve("Main.java"), "");
        Files.writeString(project.home().resolve("mvnw"), "echo built >>stage2-epoll/target/gserver.jar");
    }

    @Test
    @DisplayName("a jar is built when it is missing, and when a source, or a folder that lost one, is newer")
    void buildsWhatIsOld() throws IOException {
        Path jar = Builds.jar(project, stage);
        assertThat(jar).hasContent("built");
        assertThat(Builds.jar(project, stage)).hasContent("built");
        Files.setLastModifiedTime(stage.main().resolve("Main.java"), FileTime.fromMillis(Long.MAX_VALUE / 1_000_000));
        assertThat(Builds.jar(project, stage)).hasContent("built\nbuilt");
        Files.setLastModifiedTime(stage.main().resolve("Main.java"), FileTime.fromMillis(0));
        Files.setLastModifiedTime(stage.main(), FileTime.fromMillis(Long.MAX_VALUE / 1_000_000));
        assertThat(Builds.jar(project, stage)).hasContent("built\nbuilt\nbuilt");
    }

    @Test
    @DisplayName("a stage that does not build: one line")
    void refuses() throws IOException {
        Files.writeString(project.home().resolve("mvnw"), "exit 1");
        assertThatThrownBy(() -> Builds.jar(project, stage))
                .isInstanceOf(Refusal.class)
                .hasMessage("stage2-epoll does not build");
    }
}
