package dev.gserver.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.RealServer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ./course trace in a process of its own. */
@Timeout(120)
class TraceCommandTest {
    private static final String LINE =
            "  12.34 ms  event-loop  gsx_event_accept.1  connection 0 (port 127.0.0.1:9000): accepted \u9a6c\n";

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result trace(String... words) throws Exception {
        Process tool = RealServer.course(words);
        String out = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(tool.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(tool.waitFor(), out, err);
    }

    private String page() {
        return folder.resolve("page.html").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16"})
    @DisplayName("a trace in a file, as any shell writes it, becomes a page")
    void readsAFile(String encoding) throws Exception {
        Path file = Files.writeString(folder.resolve("trace.txt"), LINE, Charset.forName(encoding));
        assertThat(trace("trace", "5", page(), "--of", file.toString())).isEqualTo(new Result(0, page() + "\n", ""));
        assertThat(Files.readString(Path.of(page()))).contains("gsx_event_accept.1", "accepted \u9a6c", "\"ms\":12.34");
    }

    @Test
    @DisplayName("a file that is not there, one without a trace, and a page that cannot be written: one line each")
    void refuses() throws Exception {
        Path none = folder.resolve("none");
        assertThat(trace("trace", "5", page(), "--of", none.toString()))
                .isEqualTo(new Result(1, "", "course: trace: " + none + " cannot be read: there is no such file\n"));
        Path empty = Files.writeString(folder.resolve("empty"), "nothing\n");
        assertThat(trace("trace", "5", page(), "--of", empty.toString()).err())
                .startsWith("course: trace: " + empty + ": no line of a trace in it; expected lines such as ")
                .hasLineCount(1);
        Path file = Files.writeString(folder.resolve("trace.txt"), LINE);
        String inTheWay = empty.resolve("page.html").toString();
        assertThat(trace("trace", "5", inTheWay, "--of", file.toString()).err())
                .startsWith("course: trace: " + inTheWay + " cannot be written: ")
                .hasLineCount(1);
    }
}
