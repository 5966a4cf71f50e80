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
        return trace("5", page, file);
    }

    private Result trace(String stage, String page, Path file) {
        Path checkout = Project.ofProgram().home();
        return Tool.call(checkout, "trace", stage, folder.resolve(page).toString(), "--of", file.toString());
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
        assertThat(trace("page.html", folder).err())
                .isEqualTo("course: trace: " + folder + " cannot be read: it is a folder\n");
        String inTheWay = " is there already, and ./course has not made it; expected another name\n";
        assertThat(trace("trace.txt", file).err()).isEqualTo("course: trace: " + file + inTheWay);
        assertThat(file).hasContent(LINE);
        assertThat(Tool.call(folder, "trace", "5", "empty").err())
                .as("there is no stage here whose demo could run")
                .isEqualTo("course: trace: " + empty + inTheWay);
    }

    @Test
    @DisplayName("a trace of another stage: its ready line says so, or a step that a later stage adds")
    void knowsTheStage() throws Exception {
        Path file = Files.writeString(folder.resolve("trace.txt"), LINE);
        assertThat(trace("1", "page.html", file).err())
                .isEqualTo(
                        "course: trace: " + file
                                + ": a trace of stage 2 or later, as gsx_event_accept.1 shows; expected one of stage1-listen\n");
        Files.writeString(file, "gserver stage3-threadpool listening on 127.0.0.1:9000\n" + LINE);
        assertThat(trace("4", "page.html", file).err())
                .isEqualTo("course: trace: " + file + ": a trace of stage3-threadpool; expected one of stage4-send\n");
        assertThat(trace("3", "page.html", file).exitCode()).isZero();
    }
}
