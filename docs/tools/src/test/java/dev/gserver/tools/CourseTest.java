package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Project;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CourseTest {
    private static Result call(String line) {
        return Tool.call(
                Project.ofProgram(),
                line.isEmpty() ? new String[0] : line.replace("''", "").split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | what to do?",
                "walk | 'walk' is not a command",
                "--walk | '--walk' is not a command",
                "run | run: N is missing",
                "run 9 | run: N '9': expected a stage, 1 to 5, or the name of its folder",
                "run 5 a b | run: 'b' is more than is expected",
                "demo 5 send twice | demo: 'twice' is more than is expected",
                "demo 3 timer | demo: LAYER 'timer': expected listen, epoll, threadpool",
                "check '' | check: '' is empty",
                "trace '' | trace: N '': expected a stage, 1 to 5, or the name of its folder",
                "trace 1 '' | trace: OUT.html '' is empty",
                "start 1 '' | start: DIR '' is empty",
                "test 1 --on '' | test: --on '' is empty",
                "test 1 --in x | test: '--in' is no option; expected --on, --json, --zh, --help",
                "watch 1 | watch: stage 1 has no status bean; expected 3, 4 or 5",
                "watch 5 twice | watch: 'twice' is more than is expected",
                "site make x | site: 'make x': expected nothing or build DIR",
                "site build | site: 'build': expected nothing or build DIR",
                "site build x --base y | site: --base 'y': expected a path such as / or /gserver/",
                "soak 3 1 | soak: stage3-threadpool sends no answers; expected stage 4 or 5",
                "soak 5 long | soak: 'long': expected the number of minutes",
                "bench intak | bench: 'intak': expected throughput, intake, scale, timer, report, publish, or compare",
                "bench compare pom.xml | bench: compare: expected two jars, and at most three numbers",
                "bench compare pom.xml gone.jar | bench: compare: there is no file gone.jar; expected the jar of a stage",
                "bench compare pom.xml pom.xml 0 | bench: compare: '0': expected a whole number from 1",
                "send | send: WORD is missing",
                "send 9000 | send: WORD is missing",
                "send 70000 ping | send: port '70000': expected 1 to 65535",
                "send pong | send: 'pong': expected ping, register:NAME:PASSWORD, login:NAME:PASSWORD or hex:DIGITS, "
                        + "two for each byte",
                "send ping --split 0 | send: --split '0': expected a whole number from 1",
                "send ping --wait -1 | send: --wait '-1': expected a whole number from 1",
                "send ping --wait x | send: --wait 'x': expected a whole number from 1",
                "send ping --wait | send: --wait MS is missing",
                "send --bogus | send: '--bogus' is no option; expected --split, --wait, --zh, --help",
                "help walk | help: 'walk' is not a command",
                "help demo send | help: 'send' is more than is expected",
            })
    @DisplayName("what is wrong with the command line: one line that says it, then the usage, exit code 2")
    void refuses(String line, String reason) {
        Result result = call(line);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("course: " + reason + "\nusage: ./course ")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    @DisplayName(
            "help has a line for each command; the help of each says what its words and options are, in 80 columns")
    void helps(String word) {
        CommandLine course = Usage.commandLine(new Course(Project.ofProgram(), System.out), Project.ofProgram());
        assertThat(course.getSubcommands().keySet()).containsExactlyInAnyOrderElementsOf(Usage.COMMANDS);
        assertThat(call(word).out().lines()).allMatch(line -> line.length() <= 80);
        for (CommandLine command : course.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            String name = spec.name();
            assertThat(call(word).out())
                    .containsPattern("\n  " + name + " .*"
                            + Pattern.quote(spec.usageMessage().description()[0]) + "\n");
            String help = call("help " + name).out();
            assertThat(help).isEqualTo(call(name + " -h").out()).startsWith("usage: ./course " + name);
            assertThat(help.lines()).allMatch(line -> line.length() <= 80);
            for (ArgSpec argument :
                    spec.args().stream().filter(one -> !one.hidden()).toList()) {
                assertThat(argument.description()).as(name + " " + argument).isNotEmpty();
                String label = argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
                String text = argument.description()[0].split("[ ,]", 2)[0];
                assertThat(help).containsPattern("\n .*" + Pattern.quote(label) + ".*  " + Pattern.quote(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2", "stage2", "epoll", "stage2-epoll", "stage2-epoll/", "./stage2-epoll", "../x/stage2-epoll"})
    @DisplayName("a stage is called by its number or its folder, and a path is meant from where the user is")
    void knowsStagesAndPaths(String word) {
        Path from = Path.of("here").toAbsolutePath();
        Project project = new Project(Path.of("x"), from);
        assertThat(project.stage(word).number()).isEqualTo(2);
        assertThat(project.resolve("a/../b")).isEqualTo(from.resolve("b"));
        assertThat(project.show(from.resolve("b"))).isEqualTo("b");
        assertThat(project.show(from.resolveSibling("c")))
                .isEqualTo(from.resolveSibling("c").toString());
        assertThatThrownBy(() -> project.resolve("a\0b")).hasMessageContaining("expected a path");
        assertThat(project.stage(project.home().resolve("stage2-epoll").toString())
                        .number())
                .isEqualTo(2);
        assertThatThrownBy(() -> project.stage("stage6"))
                .hasMessage("'stage6': expected a stage, 1 to 5, or the name of its folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "diff 1 2", "check --fast ../../README.md"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no /dev/full")
    @DisplayName("a full disk is told in one line, exit code 1; a reader that has gone is not told")
    void tellsThatOutputIsLost(String line) throws Exception {
        ProcessBuilder full = RealServer.course(line.split(" ")).redirectOutput(new File("/dev/full"));
        assumeTrue(Files.exists(Path.of("/dev/full")));
        assertThat(Tool.run(full))
                .isEqualTo(new Result(1, "", "course: what was printed could not be written; is the disk full?\n"));
        Process head = RealServer.course(line.split(" ")).start();
        head.getInputStream().close();
        assertThat(head.getErrorStream()).isEmpty();
        assertThat(head.waitFor()).isEqualTo(1);
    }

    @Test
    @DisplayName("a folder that cannot be made is named, and what is in the way, not what was to be copied")
    void namesWhatIsInTheWay() {
        Path file = Project.ofProgram().home().resolve("pom.xml");
        assertThat(call("start 1 " + file.resolve("x")))
                .isEqualTo(new Result(
                        1,
                        "",
                        "course: start: " + file.resolve("x/src/test") + " cannot be written: " + file
                                + " is no folder\n"));
    }

    @Test
    @DisplayName("completion: a script for bash that knows the commands and their options")
    void completes() {
        assertThat(call("completion").out()).contains("complete -F _complete_course ", "soak", "--html");
    }
}
