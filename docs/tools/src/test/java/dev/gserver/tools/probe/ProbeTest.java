package dev.gserver.tools.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.gserver.tools.RealServer;
import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.Page;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class ProbeTest {
    private static final Project PROJECT = Project.ofProgram();

    private static Result probe(int stage, String address, String... more) {
        List<String> words = new ArrayList<>(List.of("probe", String.valueOf(stage), address));
        words.addAll(Arrays.asList(more));
        return Tool.call(PROJECT, words.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 14", "3, 17", "4, 24", "5, 27"})
    @DisplayName("each stage of the course passes")
    void stagesPass(int stage, int checks) throws Exception {
        String heartbeat = stage == 5 ? "-Dgserver.heartbeat.interval-ms=1000" : "-Dnone=0";
        try (RealServer server = RealServer.of(String.valueOf(stage), heartbeat)) {
            Result result = probe(stage, server.address(), "--kick-after", "3");
            assertThat(result.out())
                    .contains("probe of stage " + stage + " at " + server.address() + ": " + checks
                            + " checks passed in ");
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    @DisplayName("so do servers that were written in another manner")
    void plainServersPass() {
        try (PlainServer server = new PlainServer().start(5)) {
            assertThat(probe(5, server.address(), "--kick-after", "" + PlainServer.KICK_SECONDS)
                            .out())
                    .contains(": 27 checks passed in ");
        }
        try (PlainServer server = new WrongServers.Silent().start(3)) {
            assertThat(probe(3, server.address()).out()).contains(": 17 checks passed in ");
        }
    }

    /** The server, what is run, the check that must find it first, its step, and what the verdict says. */
    private static Arguments fault(
            int stage, Supplier<PlainServer> server, String checks, String failing, String step, String... verdict) {
        return Arguments.of(
                stage,
                server,
                checks.isEmpty() ? List.of() : List.of(checks.split(" ")),
                failing,
                step,
                List.of(verdict));
    }

    static Stream<Arguments> faults() {
        String receive = "gsx_wait_request_handler.1";
        String complete = "gsx_wait_request_handler.2";
        String handler = "threadRecvProcFunc.2";
        String kick = "procPingTimeOutChecking.1";
        return Stream.of(
                fault(
                        4,
                        WrongServers.LittleEndian::new,
                        "",
                        "ping",
                        handler,
                        "the answer is missing: nothing came for 3.0 s; it reads numbers with the low byte first",
                        "-     length-7      a length of 7 closes the connection, after what came before is answered",
                        ": FAILED, 1 of 24 checks, 21 not run, as the server does not react; see ping, in "),
                fault(
                        4,
                        WrongServers.LittleEndianAnswers::new,
                        "connects ping",
                        "ping",
                        handler,
                        "byte 0 of the answer, in its length, is 08; expected 00: its low byte comes first",
                        "<- 08 00                    length 2048\n           ^^ the first wrong byte: expected 00"),
                fault(
                        4,
                        WrongServers.LengthWithoutHeader::new,
                        "",
                        "ping",
                        handler,
                        "it takes the length for that of the body alone; the 8 bytes of the header count too"),
                fault(
                        4,
                        WrongServers.AnswersLengthWithoutHeader::new,
                        "register",
                        "register",
                        handler,
                        "byte 1 of the answer, in its length, is 64; expected 6c: this is the length of the body alone"),
                fault(
                        4,
                        WrongServers.CrcOverHeader::new,
                        "",
                        "ping",
                        handler,
                        "it takes the CRC of the header too; the CRC is that of the body alone"),
                fault(
                        4,
                        WrongServers.AnswersCrcOverHeader::new,
                        "register",
                        "register",
                        handler,
                        "byte 4 of the answer, in its CRC",
                        "it was made of the header too"),
                fault(
                        4,
                        WrongServers.AnswersOldCrc::new,
                        "register login",
                        "register",
                        handler,
                        "byte 4 of the answer, in its CRC",
                        "the CRC of the request; the answer's body is another one"),
                fault(
                        4,
                        WrongServers.CrcNotChecked::new,
                        "",
                        "bad-crc",
                        "threadRecvProcFunc.1",
                        "this answers a packet that has to be dropped"),
                fault(
                        4,
                        WrongServers.OutOfOrder::new,
                        "order",
                        "order",
                        "inMsgRecvQueueAndSignal.1",
                        "out of order; answers come in the order of the requests"),
                fault(
                        4,
                        WrongServers.OnePacketForEachRead::new,
                        "together",
                        "together",
                        complete,
                        "answer 2 of 50 is missing: nothing came for 3.0 s"),
                fault(
                        4,
                        WrongServers.ReadsUntilFull::new,
                        "",
                        "ping",
                        handler,
                        "it waits for more bytes than the packet has, as if for a full buffer"),
                fault(
                        4,
                        WrongServers.ClosesOnUnknownCode::new,
                        "",
                        "unknown-code",
                        handler,
                        "the answer is missing: the server has closed the connection"),
                fault(
                        4,
                        WrongServers.KeepsOnBadLength::new,
                        "length-7",
                        "length-7",
                        receive,
                        "the server has sent 8 bytes where none must come: a length of 7 cannot be",
                        "^^ the first byte that must not come"),
                fault(
                        4,
                        WrongServers.AllocatesBeforeItChecks::new,
                        "",
                        "length-7",
                        receive,
                        "no connection: ",
                        "does the server still run?",
                        "not run, as nobody can connect any more"),
                fault(
                        4,
                        WrongServers.TakesLessThanAllowed::new,
                        "",
                        "largest",
                        complete,
                        "the answer is missing: the server has closed the connection"),
                fault(
                        4,
                        WrongServers.TakesMoreThanAllowed::new,
                        "length-29001",
                        "length-29001",
                        receive,
                        "the server keeps the connection: a length of 29001 cannot be"),
                fault(
                        4,
                        WrongServers.PasswordSentBack::new,
                        "register login",
                        "register",
                        handler,
                        "byte 68 of the answer, in its password, is 73; expected 00: the password has to come back as zeros",
                        "password 'secret', then 34 zero bytes\n           ^^ the first wrong byte: expected 00"),
                fault(
                        4,
                        WrongServers.NameNeedsZero::new,
                        "",
                        "full-width",
                        handler,
                        "byte 67 of the answer, in its user name, is 00; expected e4"),
                fault(
                        4,
                        WrongServers.ForgetsAnswersAtTheEnd::new,
                        "half-close",
                        "half-close",
                        receive,
                        "answer 1 of 2 is missing: the server has closed the connection"),
                fault(
                        4,
                        WrongServers.OneClientAtATime::new,
                        "crowd half-packet slow-reader",
                        "crowd",
                        "gsx_epoll_process_events.2",
                        "the answer is missing: nothing came for 3.0 s",
                        "client 100 of 100, all of which are connected"),
                fault(
                        4,
                        WrongServers.WaitsForSlowReaders::new,
                        "slow-reader",
                        "slow-reader",
                        "ServerSendQueueThread.5",
                        "another client has sent ",
                        "answer 1 of 2 is missing: nothing came for 3.0 s"),
                fault(
                        4,
                        WrongServers.DiesOfBrokenConnections::new,
                        "reset",
                        "reset",
                        "gsx_epoll_process_events.2-1",
                        "do no harm"),
                fault(
                        4,
                        WrongServers.AnswersAnotherCode::new,
                        "ping",
                        "ping",
                        handler,
                        "byte 3 of the answer, in its code, is 01; expected 00: the answer has the code of its request"),
                fault(
                        5,
                        WrongServers.NeverKicks::new,
                        "kick only-pings pings-keep",
                        "kick",
                        kick,
                        "it is still connected after "),
                fault(
                        5,
                        WrongServers.KicksWhoPings::new,
                        "kick only-pings pings-keep",
                        "pings-keep",
                        kick,
                        "the server has closed the connection: it pings 8 times in the 2000 ms that it may be silent"),
                fault(
                        5,
                        WrongServers.AllKeepsAlive::new,
                        "kick only-pings pings-keep",
                        "only-pings",
                        kick,
                        "it is still connected after "),
                fault(
                        5,
                        WrongServers.KicksTooEarly::new,
                        "kick pings-keep",
                        "kick",
                        kick,
                        "closed after ",
                        "expected not before 2000 ms"),
                fault(
                        2,
                        WrongServers.SilentKeepsBadLength::new,
                        "",
                        "length-7",
                        receive,
                        "the server keeps the connection: a length of 7 cannot be"),
                fault(
                        2,
                        WrongServers.SilentKeepsHalfClosed::new,
                        "half-close",
                        "half-close",
                        receive,
                        "the server keeps the connection: its client has ended the sending side"),
                fault(
                        3,
                        WrongServers.SilentOnePacketForEachRead::new,
                        "together",
                        "together",
                        complete,
                        "the server keeps the connection: a length of "),
                fault(
                        3,
                        WrongServers.SilentOneClientAtATime::new,
                        "crowd",
                        "crowd",
                        "gsx_epoll_process_events.2",
                        "the server keeps the connection: it is one of 100 clients"),
                fault(
                        2,
                        PlainServer::new,
                        "no-answer",
                        "no-answer",
                        "gsx_wait_request_handler_proc_plast.1",
                        "where none must come: stage 2 keeps what it receives to itself"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("a server with one mistake gets its verdict: the check, the step of the notes, the first wrong byte")
    void findsFaults(
            int stage,
            Supplier<PlainServer> kind,
            List<String> checks,
            String failing,
            String step,
            List<String> verdict) {
        List<String> words = new ArrayList<>(checks);
        words.addAll(List.of("--kick-after", String.valueOf(PlainServer.KICK_SECONDS)));
        try (PlainServer server = kind.get().start(stage)) {
            Result result = probe(stage, server.address(), words.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(failed(result)).as(result.out()).startsWith(failing);
            assertThat(result.out()).contains(verdict).contains(" (" + step + ")\n      in the course's code: ");
        }
    }

    /** Of those that were run. */
    private static List<String> failed(Result result) {
        return result.out()
                .lines()
                .filter(line -> line.startsWith("FAIL "))
                .map(line -> line.split(" +")[1])
                .toList();
    }

    @Test
    @DisplayName("the verdict that docs/teaching.md shows is what it says")
    void isShownInThePage() {
        Page page = Page.read(PROJECT.home(), "docs/teaching.md");
        List<String> shown = page.fences().stream()
                .filter(fence -> fence.info().equals("text"))
                .findFirst()
                .orElseThrow()
                .lines();
        try (PlainServer server = new WrongServers.PasswordSentBack().start(4)) {
            assertThat(probe(4, server.address(), "login").out()).startsWith(String.join("\n", shown) + "\n");
        }
    }

    @Test
    @DisplayName("the bytes of what passes are shown if they are asked for")
    void showsBytes() {
        try (PlainServer server = new PlainServer().start(4)) {
            assertThat(probe(4, server.address(), "ping", "--bytes").out())
                    .contains(
                            "ok    ping",
                            "        -> 00 08                    length 8\n",
                            "        <- 00 08                    length 8\n");
            assertThat(probe(4, server.address(), "ping").out()).doesNotContain("->");
        }
    }

    @Test
    @DisplayName("a mistake turns red what it breaks, and no more")
    void blamesNothingElse() {
        try (PlainServer server = new WrongServers.CrcNotChecked().start(4)) {
            assertThat(failed(probe(4, server.address()))).containsExactly("bad-crc");
        }
        try (PlainServer server = new WrongServers.PasswordSentBack().start(4)) {
            assertThat(failed(probe(4, server.address(), "ping", "register", "login", "bad-crc", "unknown-code")))
                    .containsExactly("register", "login");
        }
    }

    @Test
    @DisplayName("a server that takes connections and does nothing gets its verdict soon, and so does one that is gone")
    void endsSoon() throws Exception {
        for (int stage = 2; stage <= 5; stage++) {
            try (ServerSocket dead = new ServerSocket(0, 511, InetAddress.getLoopbackAddress())) {
                Result result = probe(stage, "127.0.0.1:" + dead.getLocalPort());
                String first = stage < 4 ? "length-7" : "ping";
                assertThat(failed(result)).containsExactly(first);
                assertThat(result.out()).contains(" not run, as the server does not react; see " + first + ", in ");
            }
        }
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Result result = probe(4, "127.0.0.1:" + port);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("course: probe: no server answers at 127.0.0.1:" + port + ": ")
                .hasLineCount(1);
    }

    @Test
    @DisplayName("for programs: an object of JSON for each check, in a line, and JUnit's XML")
    void reportsToPrograms(@TempDir Path folder) throws Exception {
        Path junit = folder.resolve("probe.xml");
        try (PlainServer server = new WrongServers.PasswordSentBack().start(4)) {
            Result result = probe(4, server.address(), "ping", "login", "--json", "--junit", junit.toString());
            List<Map<?, ?>> checks = result.out()
                    .lines()
                    .<Map<?, ?>>map(line -> new Gson().fromJson(line, Map.class))
                    .toList();
            assertThat(checks).hasSize(2);
            assertThat(checks.get(0).keySet().stream().map(Object::toString))
                    .containsExactly("rung", "step", "test", "passed", "message", "seconds");
            assertThat(checks.get(0).get("test")).isEqualTo("ping");
            assertThat(checks.get(0).get("passed")).isEqualTo(true);
            assertThat(checks.get(1).get("step")).isEqualTo("threadRecvProcFunc.2");
            assertThat(checks.get(1).get("message").toString()).startsWith("byte 64 of the answer, in its password, ");
        }
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("^^ the first wrong byte");
    }

    @Test
    @DisplayName("each check asks for a step of the notes that its stage has, and no name is there twice")
    void namesSteps() {
        NotesMap notes = NotesMap.read(PROJECT);
        for (int stage = 1; stage <= 5; stage++) {
            Server server = new Server(null, stage, Duration.ofSeconds(1), Duration.ofSeconds(1));
            List<Check> checks = Probe.all(server);
            assertThat(checks).extracting(Check::name).doesNotHaveDuplicates();
            for (Check check : checks) {
                assertThat(notes.step(check.step()).orElseThrow().home())
                        .as(check.name() + " in stage " + stage)
                        .isLessThanOrEqualTo(stage);
            }
        }
    }

    @Test
    @DisplayName("how long a silent client may stay is by default what stage 5 has by default")
    void knowsTheDefault() {
        String config = Folders.read(PROJECT.stage("5").main().resolve("dev/gserver/config/ServerConfig.java"));
        int seconds = Integer.parseInt(Probe.KICK_AFTER);
        assertThat(config).contains("\"heartbeat.interval-ms\", " + seconds / 3 + "_000, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | probe: HOST:PORT is missing",
                "4 localhost | probe: 'localhost': expected HOST:PORT, such as 127.0.0.1:9000",
                "4 localhost:0 | probe: 'localhost:0': expected HOST:PORT, such as 127.0.0.1:9000",
                "4 localhost:65536 | probe: 'localhost:65536': expected HOST:PORT, such as 127.0.0.1:9000",
                "4 ::1:9000 | probe: '::1:9000': expected HOST:PORT, such as 127.0.0.1:9000",
                "6 localhost:9000 | probe: stage '6': expected 1 to 5 or the name of a folder",
                "1 localhost:9000 ping | probe: 'ping': expected one of connects, silent, backlog",
                "5 localhost:9000 --kick-after 0 | probe: --kick-after 0: expected 1 to 86400 seconds",
                "5 localhost:9000 --kick-after x | probe: 'x': expected a whole number for SECONDS",
            })
    @DisplayName("what is wrong with its arguments: one line, exit code 2")
    void refuses(String words, String reason) {
        Result result = Tool.call(PROJECT, ("probe " + words).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("course: " + reason + "\nusage: ./course probe ");
        assertThat(result.out()).isEmpty();
    }
}
