package dev.gserver.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Project;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceCommandTest {
    private static final String LINE =
            "  12.34 ms  event-loop  connection 0 (port 127.0.0.1:9000): accepted \u9a6c  [gsx_event_accept.1]\n";

    @TempDir
    private Path folder;

    private Result trace(String page, Path file) {
        Path checkout = Project.ofProgram().home();
        return Tool.call(checkout, "trace", "5", folder.resolve(page).toString(), "--of", file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16"})
    @DisplayName("a trace in a file, as any shell writes it, becomes a page")
    void readsAFile(String encoding) throws Exception {
        Path file = Files.writeString(folder.resolve("trace.txt"), LINE, Charset.forName(encoding));
        Path page = folder.resolve("page.html");
        assertThat(trace("page.html", file)).isEqualTo(new Result(0, page + "\n", ""));
        assertThat(Files.readString(page)).contains("gsx_event_accept.1", "accepted \u9a6c", "\"ms\":12.34");
    }

    @Test
    @DisplayName("a file that is not there, one without a trace, and a page that cannot be written: one line each")
    void refuses() throws Exception {
        Path none = folder.resolve("none");
        assertThat(trace("page.html", none))
                .isEqualTo(new Result(1, "", "course: trace: " + none + " cannot be read: there is no such file\n"));
        Path empty = Files.writeString(folder.resolve("empty"), "nothing\n");
        assertThat(trace("page.html", empty).err())
                .startsWith("course: trace: " + empty + ": no line of a trace in it; expected lines such as ")
                .hasLineCount(1);
        Path file = Files.writeString(folder.resolve("trace.txt"), LINE);
        assertThat(trace("empty/page.html", file).err())
                .startsWith("course: trace: " + empty.resolve("page.html") + " cannot be written: ")
                .hasLineCount(1);
    }
}
