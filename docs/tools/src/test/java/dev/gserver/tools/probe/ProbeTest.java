package dev.gserver.tools.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.gserver.tools.RealServer;
import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        try (PlainServer server = new SilentServers.Right().start(3)) {
            assertThat(probe(3, server.address()).out()).contains(": 17 checks passed in ");
        }
    }

    @Test
    @DisplayName("it ends when nobody reads any more what is printed")
    void endsWithItsReader() throws IOException {
        OutputStream closed = OutputStream.nullOutputStream();
        closed.close();
        try (PlainServer server = new PlainServer().start(1)) {
            Probe probe = Probe.of(PROJECT, 1, server.address(), PlainServer.KICK_SECONDS, List.of());
            assertThatThrownBy(() -> probe.run(new PrintStream(closed), false, null))
                    .isInstanceOf(Refusal.class);
        }
    }

    /** A server with a mistake, and its verdict, as faults.txt has them. */
    record Fault(String server, int stage, String check, String step, List<String> checks, List<String> verdict) {
        private static final Pattern HEAD = Pattern.compile("(\\S+) as stage (\\d): ([\\w-]+), (\\S+)\n");

        static Fault of(String text) {
            Matcher head = HEAD.matcher(text);
            assertThat(head.lookingAt()).as(text).isTrue();
            List<String> says = lines(text, "says: ");
            assertThat(says).as(text).isNotEmpty();
            List<String> run = lines(text, "run: ").stream()
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .toList();
            return new Fault(head.group(1), Integer.parseInt(head.group(2)), head.group(3), head.group(4), run, says);
        }

        private static List<String> lines(String text, String key) {
            return text.lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).replace("\\n", "\n"))
                    .toList();
        }

        PlainServer start() throws ReflectiveOperationException {
            Class<?> kind = Class.forName("dev.gserver.tools.probe." + server.replace('.', '$'));
            return ((PlainServer) kind.getDeclaredConstructor().newInstance()).start(stage);
        }

        @Override
        public String toString() {
            return server + " as stage " + stage;
        }
    }

    static Stream<Fault> faults() {
        String text = Template.text(ProbeTest.class, "faults.txt").replaceAll("(?m)^#.*\n", "");
        return Stream.of(text.strip().split("\n\n")).map(fault -> Fault.of(fault + "\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("a server with one mistake gets its verdict: the check, the step of the notes, the first wrong byte")
    void findsFaults(Fault fault) throws ReflectiveOperationException {
        List<String> words = new ArrayList<>(fault.checks());
        words.addAll(List.of("--kick-after", String.valueOf(PlainServer.KICK_SECONDS)));
        try (PlainServer server = fault.start()) {
            Result result = probe(fault.stage(), server.address(), words.toArray(String[]::new));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(failed(result)).as(result.out()).startsWith(fault.check());
            assertThat(result.out())
                    .contains(fault.verdict())
                    .contains(" (" + fault.step() + ")\n      in the course's code: ");
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
                "6 localhost:9000 | probe: N '6': expected a stage, 1 to 5, or the name of its folder",
                "1 localhost:9000 ping | probe: 'ping': expected one of connects, silent, backlog",
                "5 localhost:9000 --kick-after 0 | probe: --kick-after '0': expected a whole number from 1",
                "5 localhost:9000 --kick-after x | probe: --kick-after 'x': expected a whole number from 1",
            })
    @DisplayName("what is wrong with its arguments: one line, exit code 2")
    void refuses(String words, String reason) {
        Result result = Tool.call(PROJECT, ("probe " + words).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("course: " + reason + "\nusage: ./course probe ");
        assertThat(result.out()).isEmpty();
    }
}
