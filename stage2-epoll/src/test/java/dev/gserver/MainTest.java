package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a user meets it: real processes where that matters. */
@Timeout(60)
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("process.view: one line when ready, visible in the process list, SIGTERM ends it")
    void runsAndStops() throws Exception {
        Process server = start("-Dgserver.trace=true", "-Dgserver.listen.ports=0,0", "dev.gserver.Main");
        try (BufferedReader lines = server.inputReader()) {
            String view = lines.readLine();
            assertThat(view).contains("process.view").contains("process " + server.pid());
            String line = Stream.generate(() -> readLine(lines))
                    .dropWhile(text -> !text.startsWith("gserver "))
                    .findFirst()
                    .orElseThrow();
            assertThat(line)
                    .matches("gserver " + GServer.STAGE + " listening on 127\\.0\\.0\\.1:\\d+ 127\\.0\\.0\\.1:\\d+");
            assertThat(server.info().commandLine().orElse("gserver")).contains("gserver");
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("a bad configuration: one line on standard error, exit code 2")
    void endsOnBadConfiguration(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("bad.properties"), "listen.backlog=none")
                .toString();
        Process server = start("dev.gserver.Main", file);
        assertThat(server.waitFor()).isEqualTo(2);
        assertThat(text(server))
                .isEqualTo("gserver: " + file + ": listen.backlog = none: expected a whole number from 1 to 65535");
    }

    @Test
    @DisplayName("a word for the trace other than true and false is an error, and not a trace that stays off")
    void endsOnBadTrace() throws Exception {
        Process server = start("-Dgserver.trace=yes", "dev.gserver.Main");
        assertThat(server.waitFor()).isEqualTo(2);
        assertThat(text(server)).isEqualTo("gserver: -Dgserver.trace = yes: expected true or false");
    }

    /** A server, one of whose threads dies. */
    static final class LosesAThread {
        private LosesAThread() {}

        public static void main(String[] args) throws Exception {
            Main.run(new String[0], System.out, System.err);
            new Thread(() -> {
                        throw new IllegalStateException("on purpose");
                    })
                    .start();
        }
    }

    @Test
    @DisplayName("a thread that dies is logged with its stack and ends the process, exit code 1")
    void endsWithALostThread() throws Exception {
        Process server = start("-Dgserver.listen.ports=0", LosesAThread.class.getName());
        assertThat(text(server)).contains("Thread-0 died").contains("IllegalStateException: on purpose");
        assertThat(server.waitFor()).isEqualTo(1);
    }

    /** A server that runs out of memory. */
    static final class RunsOutOfMemory {
        private static Object[] kept;

        private RunsOutOfMemory() {}

        public static void main(String[] args) throws Exception {
            Main.run(new String[0], System.out, System.err);
            new Thread(RunsOutOfMemory::fillMemory).start();
            new CountDownLatch(1).await(); // as Main does: a thread cannot end in order without memory
        }

        private static void fillMemory() {
            OutOfMemoryError last = null;
            for (int size = 1 << 20; size > 0; size /= 2) {
                try {
                    while (true) {
                        kept = new Object[] {kept, new byte[size]};
                    }
                } catch (OutOfMemoryError e) {
                    last = e; // now with smaller pieces
                }
            }
            throw last;
        }
    }

    @Test
    @DisplayName("a thread that dies because no memory is left is logged all the same, exit code 1")
    void endsWithoutMemory() throws Exception {
        Process server = start("-Xmx32m", "-Dgserver.listen.ports=0", RunsOutOfMemory.class.getName());
        assertThat(text(server)).contains(" died").contains("OutOfMemoryError"); // whichever wants more first
        assertThat(server.waitFor()).isEqualTo(1);
    }

    @Test
    @DisplayName("a configuration that asks for too much memory: one line, exit code 1")
    void endsOnTooManyConnections() throws Exception {
        Process server = start(
                "-Xmx16m", "-Dgserver.listen.ports=0", "-Dgserver.worker.connections=1000000", "dev.gserver.Main");
        assertThat(server.waitFor()).isEqualTo(1);
        assertThat(text(server))
                .isEqualTo("gserver: the configuration asks for more memory than there is: Java heap space");
    }

    @ParameterizedTest
    @CsvSource({"ar, EG", "tr, TR", "zh, CN"})
    @DisplayName("log lines are the same in every language: levels in English, digits of ASCII")
    void logsTheSameInEveryLanguage(String language, String country) throws Exception {
        Process server = start(
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Dgserver.listen.ports=0",
                "dev.gserver.Main");
        try (BufferedReader lines = server.inputReader()) {
            String line = readLine(lines);
            int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            try (TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port))) {
                client.send(Packets.packet(7, 5, 0)).receiveEnd(); // which has an end, as reading a line has not
                assertThat(readLine(lines))
                        .matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\.[0-9]{3} WARNING 127.0.0.1:" + client.port()
                                + ": closed: packet length 7, expected 8 to 29000");
            }
        }
    }

    @Test
    @DisplayName("a port in use: one line with address and reason, exit code 1")
    void endsOnPortInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Process server = start("-Dgserver.listen.ports=" + other.getLocalPort(), "dev.gserver.Main");
            assertThat(server.waitFor()).isEqualTo(1);
            assertThat(text(server))
                    .matches("gserver: cannot listen on 127\\.0\\.0\\.1:" + other.getLocalPort() + ": [^\\n]+");
        }
    }

    @Test
    @DisplayName("an IPv6 address where there is no IPv6: one line with address and reason, exit code 1")
    void endsWithoutIpv6() throws Exception {
        Process server = start(
                "-Djava.net.preferIPv4Stack=true",
                "-Dgserver.listen.address=::1",
                "-Dgserver.listen.ports=0",
                "dev.gserver.Main");
        assertThat(server.waitFor()).isEqualTo(1);
        assertThat(text(server)).isEqualTo("gserver: cannot listen on [0:0:0:0:0:0:0:1]:0: IPv6 is not available");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "-h", "--help"})
    @DisplayName("help is printed when asked for, exit code 0")
    void printsHelp(String word) throws Exception {
        assertThat(run(word)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: java -jar gserver.jar");
        assertThat(err.size()).isZero();
    }

    @Test
    @DisplayName("too many arguments: help on standard error, exit code 2")
    void refusesTooManyArguments() throws Exception {
        assertThat(run("a.properties", "b.properties")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: java -jar gserver.jar");
        assertThat(out.size()).isZero();
    }

    @Test
    @DisplayName("a demo that there is not: one line with those that there are, exit code 2")
    void refusesUnknownDemo() throws Exception {
        assertThat(run("demo", "cinema")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .startsWith("gserver: demo cinema: expected one of listen");
    }

    @ParameterizedTest
    @MethodSource("layers")
    @DisplayName("the demo of each layer runs to its end")
    void playsDemo(String layer) throws Exception {
        try (LogRecorder log = new LogRecorder()) {
            assertThat(run("demo", layer)).isZero();
            assertThat(log.texts(java.util.logging.Level.SEVERE)).isEmpty();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).split("==> ")).hasSizeGreaterThan(3);
        assertThat(err.size()).isZero();
    }

    @Test
    @DisplayName("a demo with the trace on shows the steps of the layers below too")
    void showsAllLayers() throws Exception {
        Process demo = start("-Dgserver.trace=true", "dev.gserver.Main", "demo");
        assertThat(text(demo)).contains("[gsx_open_listening_sockets.1]");
        assertThat(demo.waitFor()).isZero();
    }

    /** The layers that the program says there are. */
    static List<String> layers() throws Exception {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(words, true, StandardCharsets.UTF_8);
        Main.run(new String[] {"demo", "?"}, print, print);
        String line = words.toString(StandardCharsets.UTF_8).strip();
        return List.of(line.substring(line.indexOf(" of ") + 4).split(", "));
    }

    private int run(String... args) throws Exception {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private Process start(String... arguments) throws Exception {
        Process process = JavaProcess.start(arguments);
        processes.add(process);
        return process;
    }

    private static String text(Process process) {
        return process.inputReader().lines().collect(Collectors.joining("\n"));
    }

    private static String readLine(BufferedReader lines) {
        try {
            String line = lines.readLine();
            assertThat(line).as("the server ended too early").isNotNull();
            return line;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
