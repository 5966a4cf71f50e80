package dev.gserver.tools.check;

import static dev.gserver.tools.check.CheckTree.CHAPTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.check.CheckTree.Outcome;
import dev.gserver.tools.transcript.Tools;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of a page, right ones and wrong ones. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pages' commands are those of a POSIX shell")
class PageCommandsTest {
    private static final Tools ALL = new Tools(name -> true, true);
    private static final String PLAIN_SERVER = "```console server\nsomebody came";

    @TempDir
    private Path folder;

    private CheckTree tree;

    @BeforeEach
    void makeTree() {
        tree = new CheckTree(folder);
    }

    @Test
    @DisplayName("commands that print what the page says: ok, whatever Java options and language the user has")
    void right() throws Exception {
        Outcome outcome = tree.run(ALL);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .matches("ok    docs/stage1-listen.md: its commands do what it says \\([\\d.]+ s\\)\n");
    }

    @Test
    @DisplayName("another output: what was expected, what came, and all of it")
    void otherOutput() throws Exception {
        Outcome outcome = tree.replace(CHAPTER, "status 1", "status 2").run(ALL);
        outcome.hasFaults(CHAPTER + ":32: expected: status 2");
        assertThat(outcome.output()).contains("\n        got: status 1\n        of this output:\n        | status 1\n");
    }

    @Test
    @DisplayName("less output, and more output, than expected")
    void lessAndMore() throws Exception {
        tree.replace(CHAPTER, "it is …\n", "it is …\nmore\n").run(ALL).hasFaults(CHAPTER + ":39: expected: more");
        tree.replace(CHAPTER, "; false\n", "; echo more; false\n")
                .run(ALL)
                .hasFaults(CHAPTER + ":30: expected: the end");
    }

    @Test
    @DisplayName("a command that there is not, and one that does not end")
    void noEnd() throws Exception {
        tree.replace(CHAPTER, "$ seq 3", "$ nosuchcommand").run(ALL).hasFaults(CHAPTER + ":36: expected: 1");
        tree.replace(CHAPTER, "$ nosuchcommand", "$ mkfifo never; cat never").replace(CHAPTER, "run 20", "run 1");
        assertThat(tree.run(ALL).output()).contains("FAIL").contains(" within 1 s");
    }

    @Test
    @DisplayName("what a server prints later, and a server that there is not")
    void server() throws Exception {
        tree.replace(CHAPTER, PLAIN_SERVER, "```console server 1\nnobody came")
                .run(ALL)
                .hasFaults(CHAPTER + ":51: expected within 1 s: nobody came");
        tree.replace(CHAPTER, "$ mkfifo knock stay;", "mkfifo")
                .run(ALL)
                .hasFaults(CHAPTER + ":41: no server is running");
    }

    @Test
    @DisplayName("a word that a block must not have")
    void unknownWord() throws Exception {
        tree.replace(CHAPTER, "console server", "console serve")
                .run(ALL)
                .hasFaults(CHAPTER + ":41: 'console serve': expected console run");
    }

    @Test
    @DisplayName("a missing program is said and no fault, but where the build decides about a change")
    void missingProgram() throws Exception {
        tree.replace(CHAPTER, "$ seq 3", "$ strace true; seq 3");
        Outcome lenient = tree.run(new Tools(name -> !name.equals("strace"), false));
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.output())
                .startsWith("skip  " + CHAPTER + ":26: there is no strace here; the page's commands");
        tree.run(new Tools(name -> !name.equals("bash"), true)).hasFaults(CHAPTER + ":26: there is no bash here;");
    }
}
