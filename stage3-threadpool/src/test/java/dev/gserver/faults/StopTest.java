package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gserver.GServer;
import dev.gserver.JavaProcess;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program, its surroundings, and real signals. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StopTest {
    private static final int PIPE_BYTES = 64 * 1024; // what Linux keeps of what nobody reads

    private Process process;
    private BufferedReader lines;

    /** Starts the server by way of {@code before}, with {@code options} for Java; waits until it is ready. */
    private InetSocketAddress start(List<String> before, String... options) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(JavaProcess.JAVA, "-XX:TieredStopAtLevel=1", "-Dgserver.listen.ports=0", "-cp"));
        command.add(JavaProcess.folder(GServer.class));
        command.addAll(List.of(options));
        command.add("dev.gserver.Main");
        process = JavaProcess.start(new ProcessBuilder(command));
        lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("gserver ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the start line").isNotNull();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void assertEndsWell() throws InterruptedException {
        assertThat(process.waitFor()).isZero();
    }

    @Test
    @DisplayName("the JVM's shutdown hooks run: a log in XML has its end, a flight recording can be read")
    void leavesWholeFiles(@TempDir Path folder) throws Exception {
        assumeTrue(ModuleLayer.boot().findModule("jdk.jfr").isPresent());
        Path log = folder.resolve("log.xml");
        Path recording = folder.resolve("flight.jfr");
        Path config = Files.writeString(
                folder.resolve("logging.properties"),
                "handlers=java.util.logging.FileHandler\njava.util.logging.FileHandler.pattern=" + log + "\n");
        InetSocketAddress address = start(
                List.of(),
                "-XX:StartFlightRecording=filename=" + recording,
                "-Djava.util.logging.config.file=" + config);
        try (TestClient client = new TestClient(address)) {
            client.send(Packets.ping());
            client.endOutput();
            assertThat(client.receiveEnd()).isBetween(0, 8);
        }
        JavaProcess.signal(process.pid(), "TERM");
        assertEndsWell();
        assertThat(Files.readString(log).strip()).endsWith("</log>");
        assertThat(recording).isNotEmptyFile();
        assertThat(RecordingFile.readAllEvents(recording)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledOnOs(OS.LINUX)
    @DisplayName(
            "nobody reads its standard output, or its standard error, and both are full: SIGTERM ends it all the same")
    void endsThoughNobodyReads(boolean trace) throws Exception {
        InetSocketAddress address = start(List.of(), "-Dgserver.trace=" + trace, "-Dgserver.stop.grace-ms=100");
        try (TestClient client = new TestClient(address)) {
            for (int i = 0; i < 1_000; i++) {
                client.send(trace ? Packets.ping() : Packets.register(1, "user", "password"));
            }
            awaitFull(trace ? process.getInputStream() : process.getErrorStream());
            JavaProcess.signal(process.pid(), "TERM");
            assertThat(process.waitFor()).as("ended by itself").isBetween(0, 1);
        }
    }

    private static void awaitFull(InputStream pipe) throws IOException {
        while (pipe.available() < PIPE_BYTES - 8_192) { // no more than one line, or one buffer, is missing
            assertThat(Thread.interrupted()).as("it fills nothing").isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("as the first process of a container, which has no default for any signal, it stops at SIGTERM")
    void stopsAsProcessOne() throws Exception {
        List<String> container = List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");
        List<String> trial = new ArrayList<>(container);
        trial.add("true");
        assumeTrue(succeeds(trial), "unshare is permitted");
        start(container);
        long inner = process.children().findFirst().orElseThrow().pid();
        JavaProcess.signal(inner, "TERM");
        assertEndsWell();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    @Test
    @DisplayName("under nohup SIGHUP is ignored, and SIGTERM stops it")
    void ignoresHangupUnderNohup() throws Exception {
        assumeTrue(succeeds(List.of("nohup", "true")), "there is nohup");
        InetSocketAddress address = start(List.of("nohup"));
        JavaProcess.signal(process.pid(), "HUP");
        try (TestClient client = new TestClient(address)) {
            client.send(Packets.ping());
            client.endOutput();
            assertThat(client.receiveEnd()).as("the answer, from stage 4 on").isBetween(0, 8);
        }
        assertThat(process.waitFor(300, TimeUnit.MILLISECONDS))
                .as("ended by SIGHUP")
                .isFalse();
        JavaProcess.signal(process.pid(), "TERM");
        assertEndsWell();
    }
}
