package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StartCommandTest {
    @TempDir
    private Path folder;

    private String start(String... words) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine command =
                new CommandLine(new StartCommand(new Home(Home.ofProgram().project(), folder)));
        command.setOut(new PrintWriter(out));
        command.parseArgs(words);
        command.<StartCommand>getCommand().call();
        return out.toString();
    }

    @Test
    void makesTheFolderWhereTheUserIs() throws IOException {
        assertThat(start("1", "new/my stage"))
                .isEqualTo("course: new/my stage: stage 1, the layer listen, with 5 bodies to write."
                        + " Read TASK.md there, then: ./mvnw test\n");
        assertThat(folder.resolve("new/my stage/TASK.md")).exists();
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.createFile(there.resolve("mine"));

        assertThatThrownBy(() -> start("1", "there"))
                .isInstanceOf(Refusal.class)
                .hasMessage(there + " is there already: expected a folder that is empty or does not exist");
        assertThat(there.toFile().list()).containsExactly("mine");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> start("1", "file/stage"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith(
                        "expected a folder " + file.resolve("stage") + " that can be made and written to");
    }
}
