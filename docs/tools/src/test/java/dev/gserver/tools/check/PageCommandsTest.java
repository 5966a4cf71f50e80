package dev.gserver.tools.check;

import static dev.gserver.tools.check.CheckTree.CHAPTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.transcript.PageRun.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the commands of a page, right ones and wrong ones. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pages' commands are those of a POSIX shell")
class PageCommandsTest {
    private static final Tools ALL = new Tools(name -> true, true);

    @TempDir
    private Path folder;

    private CheckTree tree;

    @BeforeEach
    void makeTree() throws Exception {
        tree = new CheckTree(folder);
    }

    @Test
    @DisplayName("commands that print what the page says: ok, whatever Java options and language the user has")
    void right() throws Exception {
        assertThat(tree.run(ALL))
                .matches("ok    docs/stage1-listen.md: its commands do what it says \\([\\d.]+ s\\)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status 1 | status 2 | 32: expected: status 2~        got: status 1~        of this output:~        | status 1~",
                "it is …~ | it is …~more~ | 39: expected: more",
                "; false~ | ; echo more; false~ | 30: expected: the end",
                "$ seq 3 | $ nosuchcommand | 36: expected: 1",
                "$ echo somebody >knock | $ mkfifo never; cat never | 47: has not ended within 1 s",
                "```console server~somebody came | ```console server 1~nobody came | 51: expected within 1 s: nobody came",
                "$ mkfifo knock stay; | mkfifo | 41: no server is running",
                "console server~$ | console serve~$ | 41: 'console serve': expected console run",
            })
    @DisplayName("what a command does not do, or prints otherwise, and a block of a kind that there is not")
    void wrong(String right, String wrong, String fault) throws Exception {
        tree.replace(CHAPTER, right.replace('~', '\n'), wrong.replace('~', '\n'))
                .replace(CHAPTER, "console run\n", "console run 1\n");
        assertThat(tree.run(ALL)).startsWith("FAIL").contains("\n      " + CHAPTER + ":" + fault.replace('~', '\n'));
    }

    @Test
    @DisplayName("a missing program is said and no fault, but where the build decides about a change")
    void missingProgram() throws Exception {
        tree.replace(CHAPTER, "$ seq 3", "$ strace true; seq 3");
        assertThat(tree.run(new Tools(name -> !name.equals("strace"), false)))
                .startsWith("skip  " + CHAPTER + ":26: there is no strace here; the page's commands")
                .contains("\nok    ");
        assertThat(tree.run(new Tools(name -> !name.equals("bash"), true)))
                .contains("      " + CHAPTER + ":26: there is no bash here;");
    }
}
