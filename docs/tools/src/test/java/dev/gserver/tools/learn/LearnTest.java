package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Workspace;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.vm.Wire;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ./course learn on a folder of stage 1, as its learner leaves it. */
@Timeout(120)
class LearnTest {
    private static final Project COURSE = Project.ofProgram();
    private static final String SOCKETS = Workspace.MAIN + "/dev/gserver/listen/ListeningSockets.java";
    private static final String SERVER = Workspace.MAIN + "/dev/gserver/GServer.java";
    private static final String SOCKET = Workspace.MAIN + "/dev/gserver/listen/ListeningSocket.java";

    @TempDir
    private Path from;

    private Project user;
    private Path folder;

    @BeforeEach
    void start() {
        user = new Project(COURSE.home(), from);
        folder = from.resolve("mine 阶段");
        Workspace.write(COURSE, new Exercise(COURSE, COURSE.stage("1")), folder);
    }

    /** Has the learner write a file as the course has, but for one change. */
    private void write(String file, String what, String instead) {
        String text = Folders.read(COURSE.stage("1").folder().resolve(file));
        assertThat(text).contains(what);
        Folders.write(folder.resolve(file), text.replace(what, instead));
    }

    private void writeAll() {
        write(SOCKETS, "", "");
        write(SOCKET, "", "");
        write(SERVER, "", "");
    }

    private Result once(String... more) {
        return Tool.call(
                user,
                List.of(List.of("learn", "1", "mine 阶段", "--once"), List.of(more)).stream()
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    @Test
    @DisplayName("an untouched skeleton: the first rung, the first body with file and line, and the chapter's section")
    void saysWhatIsFirst() {
        Result result = once();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("0 of 8; next: process.view,")
                .contains("rung 1 of ")
                .containsPattern("next: write ListeningSocket.format, mine 阶段.*ListeningSocket\\.java:\\d+\n")
                .contains("docs/stage1-listen.md#")
                .doesNotContain("wrong:");
    }

    @Test
    @DisplayName("a folder that is not there is made; one that is something else is refused")
    void makesTheFolder() {
        assertThat(Tool.call(user, "learn", "1", "new", "--once").out()).contains("next: write ");
        assertThat(from.resolve("new/AGENTS.md")).exists();
        from.resolve("other").toFile().mkdir();
        assertThat(Tool.call(user, "learn", "1", "other", "--once").err())
                .startsWith(
                        "course: learn: " + from.resolve("other") + ": expected a folder with src/main/java in it\n");
    }

    @Test
    @DisplayName("all written as the course has it: all green, all steps of the notes heard")
    void seesThatAllIsThere() {
        writeAll();
        Result result = once();
        assertThat(result.out()).contains("] 8 of 8\n", "rungs are green", "./course test 1 --on mine 阶段");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @DisplayName("it does not compile: the learner's file, line, message and symbol, and no more")
    void tellsTheCompilersError() {
        writeAll();
        write(SOCKETS, "channels.add(channel);", "chanels.add(channel);");
        assertThat(once().out().replace('\\', '/'))
                .matches("mine 阶段/" + SOCKETS + ":\\d+: cannot find symbol\n    symbol: .*chanels\n    location: .*\n"
                        + "it does not compile: that is the only error\n");
    }

    @Test
    @DisplayName("a mistake: the test's sentence, expected and got, and where to look")
    void tellsTheFirstThingThatIsWrong() {
        writeAll();
        write(SOCKETS, "channel.configureBlocking(false);", "");
        assertThat(once().out())
                .contains("wrong: gsx_open_listening_sockets.3: accept returns at once when nobody is waiting")
                .contains("Expecting value to be false but was true")
                .contains("the test: ListeningSocketsTest.doesNotBlock, ")
                .contains("    assertThat(only(sockets).channel().isBlocking()).isFalse();")
                .contains("rung 1 of 2 is red, ports: ")
                .contains("next: find out why. What the test has run of this rung: ListeningSocket.format,"
                        + " ListeningSockets.close, ListeningSockets.openOne, ListeningSockets.open\n")
                .doesNotContain("steps of the notes");
    }

    @Test
    @DisplayName("where to look: the bodies that the test has run, of this rung and of earlier ones, an empty one too")
    void tellsWhatTheTestHasRun() {
        writeAll();
        write(SERVER, "while (!stopSteps.isEmpty()) {\n            stopSteps.pop().run();\n        }\n", "");
        assertThat(once().out())
                .contains("rung 2 of 2 is red, server: ")
                .contains(
                        "next: find out why. What the test has run of this rung: GServer.startLayers, GServer.start,"
                                + " GServer.close\n"
                                + "      of rung 1, ports: ListeningSocket.format, ListeningSockets.openOne, ListeningSockets.open\n");
    }

    @Test
    @DisplayName("an exception: its type and text, and the learner's line")
    void tellsWhereItWasThrown() {
        writeAll();
        write(SOCKETS, "channels.add(channel);", "channels.get(7);");
        assertThat(once().out())
                .contains("IndexOutOfBoundsException: Index 7 out of bounds")
                .containsPattern("where: mine 阶段.*ListeningSockets\\.java:\\d+, ListeningSockets\\.openOne\n");
    }

    @Test
    @DisplayName("code that waits for ever is ended: which test stands still, and where each thread is")
    void endsWhatStandsStill() {
        writeAll();
        write(SOCKETS, "channels.add(channel);", "channels.add(channel); channel.bind(wanted); channel.accept();");
        assertThat(once().out())
                .contains("wrong: ", "it stands still: not at its end after ")
                .containsPattern(
                        "main: mine 阶段.*ListeningSockets\\.java:\\d+, ListeningSockets\\.openOne, in .*\\.accept\n");
    }

    @Test
    @DisplayName("code that ends the JVM: the test in whose middle it ended")
    void seesTheJvmEnd() {
        writeAll();
        write(SOCKETS, "channels.add(channel);", "Runtime.getRuntime().halt(0);");
        assertThat(once().out()).contains("wrong: ", "the JVM has ended in the middle of the test");
    }

    @Test
    @DisplayName("for programs: an object for each test, those that were not run too, and JUnit's XML in the folder")
    void printsJson() {
        writeAll();
        write(SOCKETS, "channel.configureBlocking(false);", "");
        Result result = once("--json");
        assertThat(result.exitCode()).isEqualTo(1);
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSizeGreaterThan(4).allSatisfy(line -> assertThat(
                        JsonParser.parseString(line).getAsJsonObject().keySet())
                .containsExactly("rung", "step", "test", "passed", "message", "seconds"));
        assertThat(lines)
                .anyMatch(line -> line.contains("\"passed\":true"))
                .anyMatch(line -> line.contains("ListeningSocketsTest.doesNotBlock\",\"passed\":false"));
        assertThat(folder.resolve(".course/TEST-rungs.xml")).content().contains("<failure message=");
    }

    @Test
    @DisplayName("what was green and is not any more is said so, after a restart too; hints go on where they were")
    void remembers() throws Exception {
        writeAll();
        once();
        write(SOCKETS, "channel.configureBlocking(false);", "");
        assertThat(once().out()).contains("(it was green before)");
        try (Learn learn = new Learn(user, COURSE.stage("1"), folder)) {
            Attempt attempt = learn.look();
            assertThat(learn.hint(attempt, "ListeningSockets.openOne"))
                    .startsWith("hint 1 of 3, ListeningSockets.openOne\n")
                    .contains("step gsx_open_listening_sockets.1: a socket is created", "docs/stage1-listen.md#");
        }
        try (Learn learn = new Learn(user, COURSE.stage("1"), folder)) {
            Attempt attempt = learn.look();
            assertThat(learn.hint(attempt, "ListeningSockets.openOne"))
                    .contains("calls: ", "channel.setOption", "ServerSocketChannel.open", "made of: try")
                    .doesNotContain("SO_REUSEADDR, true");
            assertThat(learn.hint(attempt, "ListeningSockets.openOne"))
                    .contains("channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);");
            assertThatThrownBy(() -> learn.hint(attempt, "Main.main"))
                    .hasMessageStartingWith("'Main.main': expected a body to write, one of ListeningSocket.format, ");
        }
    }

    @Test
    @DisplayName(
            "a rung that was green is run again if a body that its tests have run has changed, or the code around it")
    void runsWhatHasChanged() throws Exception {
        writeAll();
        try (Learn learn = new Learn(user, COURSE.stage("1"), folder)) {
            Attempt first = learn.look();
            assertThat(first.isAllGreen()).isTrue();
            write(SERVER, "stopSteps.pop().run();", "stopSteps.pop().run(); // mine");
            Attempt second = learn.look();
            assertThat(results(second, 1)).as("its tests stop no server").isEqualTo(results(first, 1));
            assertThat(results(second, 2)).isNotEqualTo(results(first, 2));
            assertThat(second.isAllGreen()).isTrue();
            write(SERVER, "private List<ListeningSocket> sockets", "private volatile List<ListeningSocket> sockets");
            assertThat(results(learn.look(), 1)).isNotEqualTo(results(first, 1));
            learn.forget();
            assertThat(results(learn.look(), 2)).isNotEqualTo(results(second, 2));
            write(SOCKETS, "channel.configureBlocking(false);", "");
            assertThat(learn.look().failed().map(failed -> failed.test().name()))
                    .contains("ListeningSocketsTest.doesNotBlock");
        }
    }

    /** With their times: what was run again has others. */
    private static List<Wire.Result> results(Attempt attempt, int rung) {
        return attempt.tests().stream()
                .filter(each -> each.rung().number() == rung)
                .map(Tested::result)
                .toList();
    }

    @Test
    @DisplayName("the solution is shown beside the learner's, of what is green")
    void showsSolutions() throws Exception {
        try (Learn learn = new Learn(user, COURSE.stage("1"), folder)) {
            Attempt untouched = learn.look();
            assertThatThrownBy(() -> learn.solution(untouched, "ListeningSockets.openOne"))
                    .hasMessage("s NAME: expected a body of a rung that is green, and none is");
            writeAll();
            write(SOCKETS, "channels.add(channel);", "channels.add(channel); // mine");
            assertThat(learn.solution(learn.look(), "ListeningSockets.openOne"))
                    .containsSubsequence(
                            "yours:", "channels.add(channel); // mine", "the course's:", "channels.add(channel);");
        }
    }

    @Test
    @DisplayName("it looks when a file is saved, and does what is typed, until q")
    void watches() throws Exception {
        Output out = new Output();
        PipedOutputStream keys = new PipedOutputStream();
        Learn learn = new Learn(user, COURSE.stage("1"), folder);
        Thread learning = new Thread(() -> follow(learn, keys, out));
        learning.start();
        out.await("next: write ListeningSocket.format");
        keys.write("h\nl\nx\n".getBytes(StandardCharsets.UTF_8));
        keys.flush();
        out.await("hint 1 of 3, ListeningSocket.format");
        out.await("1 ports: 4 of 4 to write");
        write(SOCKET, "", "");
        out.await("next: write ListeningSockets.close");
        writeAll();
        out.await("rungs are green");
        keys.write("q\n".getBytes(StandardCharsets.UTF_8));
        keys.flush();
        learning.join();
        learn.close();
    }

    private static void follow(Learn learn, PipedOutputStream keys, PrintStream out) {
        try {
            learn.follow(new PipedInputStream(keys), out);
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
