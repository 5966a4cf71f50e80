package dev.gserver.tools.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedTest {
    private static final String FILE = "stage1-listen/src/main/java/A.java";

    @TempDir
    private Path home;

    @BeforeEach
    void write() {
        Folders.write(home.resolve(FILE), "class A {}\n");
        Folders.write(home.resolve("docs/notes-map.md"), "# Notes\n");
        Folders.write(home.resolve("stage2-epoll/A.java"), "class A {}\n"); // nobody asks for it
    }

    private Committed committed() {
        Project project = new Project(home, home);
        return Committed.of(project, project.stage("1"));
    }

    private void git(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@localhost"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Tool.Result result = Tool.run(builder);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    @DisplayName("what was changed or added since the last commit is not in it")
    void leavesChangesOut() throws Exception {
        git("init", "-q");
        git("add", ".");
        git("commit", "-q", "-m", "first");
        Folders.write(home.resolve(FILE), "class A { int solved; }\n");
        Folders.write(home.resolve("stage1-listen/src/main/java/B.java"), "class B {}\n");
        Path folder;
        try (Committed committed = committed()) {
            folder = committed.project().home();
            assertThat(Folders.texts(folder)).hasSize(2).containsEntry(FILE, "class A {}\n");
        }
        assertThat(folder).doesNotExist();
        assertThat(home.resolve(FILE)).content().contains("solved");
    }

    @Test
    @DisplayName("without a commit the stage is taken as it is")
    void takesTheFilesWithoutGit() {
        try (Committed committed = committed()) {
            assertThat(committed.project().home()).isEqualTo(home);
        }
        assertThat(home.resolve(FILE)).exists();
    }
}
