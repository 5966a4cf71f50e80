package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Home;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

class CourseTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine course =
            Course.commandLine(Home.ofProgram()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    private int call(String line) {
        return course.execute(line.isEmpty() ? new String[0] : line.split(" "));
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
        assertThat(call(line)).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse(""))
                .contains(reason)
                .startsWith("course: ");
        assertThat(err.toString().lines().skip(1).findFirst().orElse("")).startsWith("usage: ./course ");
        assertThat(err.toString()).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    @DisplayName("help has a line for each form of each command")
    void helps(String word) {
        assertThat(call(word)).isZero();
        for (CommandLine command : Set.copyOf(course.getSubcommands().values())) {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).as(command.getCommandName()).hasSameSizeAs(usage.customSynopsis());
            for (int i = 0; i < usage.customSynopsis().length; i++) {
                String form = usage.customSynopsis()[i].strip();
                String what = usage.description()[i].strip();
                assertThat(out.toString().lines().filter(line -> line.contains(form) && line.endsWith(what)))
                        .as(form)
                        .hasSize(1);
            }
        }
    }

    @Test
    @DisplayName("help of one command has its options")
    void helpsWithOne() {
        assertThat(call("help send")).isZero();
        assertThat(out.toString()).contains("usage: ./course send [PORT] WORD...", "--split=N");
        assertThat(call("help walk")).isEqualTo(2);
        assertThat(err.toString()).startsWith("course: help: 'walk' is not a command\n");
    }
}
