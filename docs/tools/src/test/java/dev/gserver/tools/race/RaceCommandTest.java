package dev.gserver.tools.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** ./course race in a checkout whose docs/races has three races and a program that writes down what it is told. */
class RaceCommandTest {
    private static final String LIST_3 = """
            docs/stage3-threadpool.md
              give-back-split  A mailbox is given back in two steps (GiveBackScenario)
              all-woken        All workers are woken (ReceiveQueueTest.wakesOne)
            """;
    private static final String PROGRAM = """
            package dev.gserver.races;

            import java.nio.file.*;

            class Races {
                public static void main(String[] words) throws Exception {
                    Path results = Files.createDirectories(Path.of("docs/races/target/results"));
                    Files.copy(Path.of("told.json"), results.resolve(words[1] + ".json"));
                }
            }
            """;

    @TempDir
    private Path folder;

    private RaceTree tree;

    @BeforeEach
    void makeTree() throws Exception {
        tree = new RaceTree(folder);
        Path source = tree.path("docs/races/src/main/Races.java");
        Path classes = tree.path("docs/races/target/classes");
        Files.createDirectories(classes);
        Folders.write(tree.path("docs/races/pom.xml"), "");
        Folders.write(tree.path("docs/races/src/main/Races.java"), PROGRAM);
        Folders.write(tree.path("mvnw"), "echo built >>docs/races/target/races-1.0.0.jar");
        Folders.write(tree.path("told.json"), RaceTree.json());
        String[] words = {"-d", classes.toString(), source.toString()};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                .isZero();
    }

    private Result race(String... words) {
        return Tool.call(
                tree.project(),
                Stream.concat(Stream.of("race"), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    @DisplayName("alone it lists all races by chapter, in each the one first that the chapter names")
    void lists() {
        String list2 = "docs/stage2-epoll.md\n  early            A stop comes too early (StopScenario)\n\n";
        assertThat(race()).isEqualTo(new Result(0, list2 + LIST_3, ""));
    }

    @Test
    @DisplayName("what only jcstress sees comes last in its chapter: a stage's first race can be drawn")
    void listsMemoryLast() {
        Folders.write(
                tree.path("docs/races/wrong/a-field.diff"),
                "stage: 2\nchapter: docs/stage2-epoll.md#x\ntitle: Not volatile\nscenario: CountStress\n\n");
        assertThat(race().out()).startsWith("docs/stage2-epoll.md\n  early ").contains("\n  a-field ");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the mvnw of this test is a program for a POSIX shell")
    @DisplayName("with a stage it lists that stage's, and finds the first again; with a name that one; or as a page")
    void finds() throws IOException {
        Result result = race("3");
        assertThat(result.out()).startsWith(LIST_3 + "\ngive-back-split: ").endsWith("\n");
        assertThat(race("give-back-split")).isEqualTo(new Result(0, result.out().substring(LIST_3.length() + 1), ""));
        Path page = tree.path("docs/races/target/give-back-split.html");
        assertThat(race("stage3-threadpool", "--html"))
                .isEqualTo(new Result(0, tree.project().show(page) + "\n", ""));
        assertThat(page).content().contains("inMsgRecvQueueAndSignal.1");
        assertThat(race("give-back-split", "--html", "a page.html").out()).isEqualTo("a page.html\n");
        assertThat(tree.path("a page.html")).hasSameTextualContentAs(page);
        assertThat(tree.path("docs/races/target/races-1.0.0.jar"))
                .as("built once")
                .hasContent("built");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the mvnw of this test is a program for a POSIX shell")
    @DisplayName("a race that is not found again, and a program that fails: one line each")
    void doesNotFind() {
        Folders.write(tree.path("told.json"), "{\"found\": false, \"seconds\": 2.5, \"schedules\": 9}");
        assertThat(race("early"))
                .isEqualTo(new Result(
                        1, "", "course: race: early has not gone wrong in 9 orders of steps within 2.5 s\n"));
        tree.delete("told.json");
        assertThat(race("early"))
                .isEqualTo(new Result(1, "", "course: race: docs/races cannot run early (exit code 1)\n"));
        assertThat(race("all-woken"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "course: race: all-woken has no order of steps to show: it is found by the stage's own test "
                                + "ReceiveQueueTest.wakesOne\n"));
    }

    @Test
    @DisplayName("what only jcstress sees cannot be drawn: one line, before anything is built")
    void drawsNoMemory() {
        tree.delete("mvnw");
        Folders.write(
                tree.path("docs/races/wrong/stale.diff"),
                "stage: 3\nchapter: docs/stage3-threadpool.md#x\n" + "title: Not volatile\nscenario: CountStress\n\n");
        assertThat(race("stale", "--html"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "course: race: stale has no order of steps to draw; without --html it is told in words\n"));
    }

    @Test
    @DisplayName("what is wrong with the words, before anything is built: one line that says it, then the usage")
    void refuses() {
        tree.delete("mvnw");
        String usage = "usage: ./course race [N|NAME] [--html [OUT.html]]\n";
        String names = "expected a stage from 2 on, or one of early, give-back-split, all-woken\n";
        assertThat(race("give-back")).isEqualTo(new Result(2, "", "course: race: 'give-back': " + names + usage));
        assertThat(race("1")).isEqualTo(new Result(2, "", "course: race: '1': " + names + usage));
        assertThat(race("9").err())
                .startsWith("course: race: '9': expected a stage, 1 to 5, or the name of its folder\n");
        assertThat(race("3", "x.html").err()).startsWith("course: race: 'x.html': expected --html or nothing\n");
        assertThat(race("--html").err()).startsWith("course: race: N|NAME is missing\n");
        Folders.write(tree.path("mine.html"), "mine");
        assertThat(race("3", "--html", "mine.html").err())
                .isEqualTo("course: race: " + tree.path("mine.html")
                        + " is there already, and ./course has not made it; expected another name\n");
        assertThat(tree.path("mine.html")).hasContent("mine");
    }

    @Test
    @DisplayName("a checkout without docs/races: one line")
    void withoutRaces() throws IOException {
        Folders.delete(tree.path("docs/races/wrong"));
        assertThat(race("3"))
                .isEqualTo(new Result(
                        1,
                        "",
                        "course: race: " + tree.path("docs/races/wrong")
                                + ": expected files such as give-back-split.diff\n"));
    }

    @Test
    @DisplayName("nothing is built when nobody reads any more what is printed")
    void stopsWhenNobodyReads() throws Exception {
        tree.delete("mvnw");
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        new Races(tree.project()).print("3", new PrintStream(closed), Ansi.OFF);
    }
}
