package dev.gserver.tools.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.RealServer;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.io.InputStream;
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
class MavenTest {
    private static final FileTime OLD = FileTime.fromMillis(0);
    private static final FileTime LATER = FileTime.fromMillis(Long.MAX_VALUE / 1_000_000);

    @TempDir
    private Path home;

    private Project project;
    private Stage stage;

    @BeforeEach
    void makeStage() {
        project = new Project(home, home);
        stage = project.stage("2");
        Folders.write(stage.folder().resolve("target/gserver.jar.old"), "");
        Folders.write(stage.folder().resolve("pom.xml"), "");
        Folders.write(stage.main().resolve("Main.java"), "");
        Folders.write(home.resolve("mvnw"), "echo built >>stage2-epoll/target/gserver.jar");
    }

    @Test
    @DisplayName("a jar is built when it is missing, and when a source, or a folder that lost one, is newer")
    void buildsWhatIsOld() throws IOException {
        Path jar = Maven.jar(project, stage);
        assertThat(jar).hasContent("built");
        assertThat(Maven.jar(project, stage)).hasContent("built");
        Files.setLastModifiedTime(stage.main().resolve("Main.java"), LATER);
        assertThat(Maven.jar(project, stage)).hasContent("built\nbuilt");
        Files.setLastModifiedTime(stage.main().resolve("Main.java"), OLD);
        Files.setLastModifiedTime(stage.main(), LATER);
        assertThat(Maven.jar(project, stage)).hasContent("built\nbuilt\nbuilt");
    }

    @Test
    @DisplayName("a stage that does not build: one line")
    void refuses() {
        Folders.write(home.resolve("mvnw"), "exit 1");
        assertThatThrownBy(() -> Maven.jar(project, stage))
                .isInstanceOf(Refusal.class)
                .hasMessage("stage2-epoll does not build");
    }

    @Test
    @DisplayName("a jar that is built again leaves alone the one that runs; the older copy is gone")
    void keepsWhatRuns() throws IOException {
        Path running = Maven.runningJar(project, stage);
        assertThat(Maven.runningJar(project, stage)).isEqualTo(running);
        Files.setLastModifiedTime(stage.main(), LATER);
        try (InputStream open = Files.newInputStream(running)) { // as a JVM has it
            Path next = Maven.runningJar(project, stage);
            assertThat(next).hasContent("built\nbuilt").hasFileName("gserver.jar");
            assertThat(running).isNotEqualTo(next).doesNotExist();
            assertThat(open).hasContent("built\n");
        }
    }

    @Test
    @DisplayName("of two that have to build at once one does, and the other waits for it")
    void buildsOneAtATime() throws Exception {
        Folders.write(home.resolve("mvnw"), "echo one >>log; sleep 1; echo built >>stage2-epoll/target/gserver.jar");
        Process other = RealServer.program(Builder.class, home.toString()).start();
        Process another = RealServer.program(Builder.class, home.toString()).start();
        assertThat(other.waitFor() + another.waitFor()).isZero();
        assertThat(home.resolve("log")).hasContent("one");
    }

    /** Started twice by the test above. */
    static final class Builder {
        public static void main(String[] arguments) {
            Project project = new Project(Path.of(arguments[0]), Path.of(""));
            Maven.jar(project, project.stage("2"));
        }
    }

    @Test
    @DisplayName("a copy has the files and their times, those of folders too, but no .git; it can be deleted")
    void copies() throws IOException {
        Path from = home.resolve("stage2-epoll");
        Folders.write(from.resolve(".git"), "gitdir: elsewhere");
        Files.setLastModifiedTime(stage.main().resolve("Main.java"), OLD);
        Files.setLastModifiedTime(stage.main(), OLD);
        Path copy = home.resolve("copy");
        Folders.copy(from, copy);
        assertThat(Files.getLastModifiedTime(copy.resolve("src/main/java/Main.java")))
                .isEqualTo(OLD);
        assertThat(Files.getLastModifiedTime(copy.resolve("src/main/java"))).isEqualTo(OLD);
        assertThat(copy.resolve(".git")).doesNotExist();
        Folders.delete(copy);
        assertThat(copy).doesNotExist();
    }
}
