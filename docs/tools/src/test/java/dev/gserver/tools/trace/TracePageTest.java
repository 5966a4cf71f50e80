package dev.gserver.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of ./course trace in a real browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a browser that hangs
public class TracePageTest {
    private static final Project PROJECT = Project.ofProgram();
    private static final String DEMO = """
            same("steps without text or code", "", Object.entries(data.notes).filter(([id, note]) => note.layer === 0
                || note.places.length === 0
                || !note.places.every((place) => place.lines[place.line - place.firstLine].includes("Trace.step")))
                .map(([id]) => id).join());
            same("cards that an arrow runs over", "", cardsUnderArrows());
            findings.push(...new Set(data.arrows.map((ends) => "ok " + ends.map((i) => items[i].id).join(">"))));
            finish();
            """;
    private static final String BIG = """
            same("steps", 1000, count(".card"));
            same("arrows", 250, count(".chart .arrow"));
            same("cards that an arrow runs over", "", cardsUnderArrows());
            finish();
            """;

    @TempDir
    private Path folder;

    private List<String> look(String trace, String script, String... options) throws Exception {
        Path page = folder.resolve("page.html");
        Files.writeString(page, new TracePage(PROJECT, PROJECT.stage("5"), Recording.parse(trace)).html());
        return Tool.findings(page, script, options);
    }

    @ParameterizedTest
    @CsvSource({"1, bright", "0, dark"})
    @DisplayName("all that is in a trace, filters, the panel, keys; light and dark as the system is")
    void showsEverything(String scheme, String expected) throws Exception {
        String trace = Template.text(TracePageTest.class, "sample.txt");
        String script = Template.text(TracePageTest.class, "look-at-sample.js");
        List<String> findings = look(trace, script, "--blink-settings=preferredColorScheme=" + scheme);
        assertThat(findings).hasSizeGreaterThan(25).contains("ok " + expected);
    }

    @Test
    @DisplayName("a page of 1,000 steps has all of them; of more than 5,000 the rest is counted")
    void showsMany() throws Exception {
        look(bigTrace(1_000), BIG);
        look(bigTrace(6_000), """
                same("what is left out", "5000, and 1000 more steps: too many for one page",
                    count(".card") + ", " + texts(".hidden"));
                finish();
                """);
    }

    /** Packets of 25 clients, eight steps each, over four threads. */
    private static String bigTrace(int steps) {
        String[] lines = {
            "event-loop  %s: bytes received: 8  [gsx_wait_request_handler.1]",
            "event-loop  %s: one thread signalled  [inMsgRecvQueueAndSignal.1]",
            "worker-1  code 0 of %s: taken by a thread of the pool  [ThreadFunc.2]",
            "worker-1  code 0 of %s: its handler is called  [threadRecvProcFunc.2]",
            "worker-1  code 0 of %s: send thread woken  [msgSend.2]",
            "event-loop  %s: has an event  [gsx_epoll_process_events.2]",
            "send  %s: semaphore passed  [ServerSendQueueThread.1]",
            "send  %s: all sent  [ServerSendQueueThread.5]",
        };
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            int client = 1 + i / lines.length % 25;
            String connection = "connection " + client + " (127.0.0.1:" + (5000 + client) + ")";
            String line = String.format(Locale.ROOT, lines[i % lines.length], connection);
            trace.append(String.format(Locale.ROOT, "%8.2f ms  %s\n", i * 0.4, line));
        }
        return trace.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "1, ''",
        "2, ''",
        "3, inMsgRecvQueueAndSignal.1>ThreadFunc.2",
        "4, msgSend.2>ServerSendQueueThread.1 ServerSendQueueThread.5>gsx_write_request_handler.1",
        "5, AddToTimerQueue.1>GetOverTimeTimer.2-1 procPingTimeOutChecking.1>gsx_epoll_process_events.1",
    })
    @DisplayName("what the demos really print: every step has its text and place, and the arrows that its stage has")
    void showsDemos(String stage, String arrows) throws Exception {
        Path page = folder.resolve("new folder").resolve("demo.html");
        assertThat(Tool.call(PROJECT, "trace", stage, page.toString()).out()).isEqualTo(PROJECT.show(page) + "\n");
        List<String> findings = Tool.findings(page, DEMO);
        for (String arrow : arrows.split(" ")) {
            assertThat(findings).anyMatch(line -> line.endsWith(arrow));
        }
    }
}
