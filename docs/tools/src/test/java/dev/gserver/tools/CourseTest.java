package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

class CourseTest {
    private static Result call(String line) {
        return Tool.call(Project.ofProgram(), line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | what to do?",
                "walk | 'walk' is not a command",
                "--walk | '--walk' is not a command",
                "run | run: N is missing",
                "run 9 | run: stage '9': expected 1 to 5 or the name of a folder",
                "trace 1 a b | trace: 'b' is more than is expected",
                "test 1 --in x | test: '--in' is more than is expected",
                "watch 1 | watch: stage 1 has no status bean; expected 3, 4 or 5",
                "watch 5 twice | watch: 'twice' is more than is expected",
                "site make x | site: 'make x': expected nothing or build DIR",
                "site build | site: 'build': expected nothing or build DIR",
                "site build x --base y | site: --base 'y': expected a path such as / or /gserver/",
                "soak 3 1 | soak: stage3-threadpool sends no answers; expected stage 4 or 5",
                "soak 5 long | soak: 'long': expected the number of minutes",
                "send | send: WORD is missing",
                "send 9000 | send: WORD is missing",
                "send pong | send: 'pong': expected ping, register:NAME:PASSWORD, login:NAME:PASSWORD or hex:DIGITS, "
                        + "two for each byte",
                "send ping --wait x | send: 'x': expected a whole number for MS",
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
    @DisplayName("help has a line for each form of each command")
    void helps(String word) {
        CommandLine course = Usage.commandLine(new Course(Project.ofProgram(), System.out), Project.ofProgram());
        assertThat(course.getSubcommands().keySet()).containsExactlyInAnyOrderElementsOf(Usage.COMMANDS);
        List<String> lines = call(word).out().lines().toList();
        for (CommandLine command : course.getSubcommands().values()) {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).as(command.getCommandName()).hasSameSizeAs(usage.customSynopsis());
            for (int i = 0; i < usage.customSynopsis().length; i++) {
                String form = usage.customSynopsis()[i].strip();
                String what = usage.description()[i].strip();
                assertThat(lines)
                        .filteredOn(line -> line.contains(form) && line.endsWith(what))
                        .hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("help of one command has its options")
    void helpsWithOne() {
        assertThat(call("help send").out()).contains("usage: ./course send [PORT] WORD...", "--split=N");
        assertThat(call("send -h").out()).isEqualTo(call("help send").out());
        assertThat(call("help walk").exitCode()).isEqualTo(2);
        assertThat(call("help walk").err()).startsWith("course: 'walk' is not a command\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "stage2-epoll", "stage2-epoll/", "stage2-epoll\\"})
    @DisplayName("a stage is called by its number or its folder, and a path is meant from where the user is")
    void knowsStagesAndPaths(String word) {
        Path from = Path.of("here").toAbsolutePath();
        Project project = new Project(Path.of("course"), from);
        assertThat(project.stage(word).number()).isEqualTo(2);
        assertThat(project.resolve("a/../b")).isEqualTo(from.resolve("b"));
        assertThat(project.show(from.resolve("b"))).isEqualTo("b");
        assertThat(project.show(from.resolveSibling("c")))
                .isEqualTo(from.resolveSibling("c").toString());
        assertThatThrownBy(() -> project.resolve("a\0b")).hasMessageContaining("expected a path");
        assertThatThrownBy(() -> project.stage("stage2")).hasMessageStartingWith("stage 'stage2': expected 1 to 5 or");
    }
}
