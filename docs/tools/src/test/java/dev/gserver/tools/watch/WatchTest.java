package dev.gserver.tools.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.RealServer;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ./course watch with real servers. */
@Timeout(120)
class WatchTest {
    private static final Project PROJECT = Project.ofProgram();
    private static final byte[] PING = {0, 8, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path temp;

    private static String id(RealServer server) {
        return String.valueOf(server.server().pid());
    }

    @Test
    @DisplayName("what a server of stage 5 says of itself while it has a client")
    void showsAServer() throws Exception {
        try (RealServer server = RealServer.of("5");
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port(server));
                RunningServer watched = RunningServer.ofProcess(id(server))) {
            client.getOutputStream().write(PING);
            assertThat(client.getInputStream().readNBytes(PING.length)).isEqualTo(PING);
            String table = new StatusTable(id(server)).next(watched.status());
            assertThat(table.lines())
                    .contains("listen      Stage                      stage5-timer")
                    .contains("            Addresses                  " + server.address())
                    .contains("epoll       Clients                    1")
                    .contains("memory      MemoryBytes                0")
                    .contains("timer       TimerEntries               1")
                    .anyMatch(line -> line.matches(" +MemoryMaxBytes +[1-9][0-9]+"))
                    .noneMatch(line -> line.startsWith("other"));
        }
    }

    private static int port(RealServer server) {
        return Integer.parseInt(server.address().replaceFirst(".*:", ""));
    }

    @Test
    @DisplayName("a server is found by its bean: its jar may be called from its own folder, and lie anywhere")
    void findsByTheBean() throws Exception {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("gone"));
        Files.copy(RealServer.jar("5"), folder.resolve("gserver.jar"));
        try (RealServer server = RealServer.of(folder, "gserver.jar");
                RunningServer found = RunningServer.ofStage(new Project(PROJECT.home(), folder), PROJECT.stage("5"))) {
            assertThat(found.process()).isEqualTo(id(server));
        }
    }

    @Test
    @DisplayName("of several the one whose jar lies where the user is; without one, all are named")
    void choosesOne() throws Exception {
        Path here = Files.createDirectory(temp.toRealPath().resolve("here"));
        Files.copy(RealServer.jar("5"), here.resolve("gserver.jar"));
        try (RealServer one = RealServer.of("5");
                RealServer other = RealServer.of(here, "gserver.jar")) {
            try (RunningServer found = RunningServer.ofStage(new Project(PROJECT.home(), here), PROJECT.stage("5"))) {
                assertThat(found.process()).isEqualTo(id(other));
            }
            Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
            assertThatThrownBy(() -> RunningServer.ofStage(new Project(PROJECT.home(), elsewhere), PROJECT.stage("5")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("stage5-timer is running ")
                    .hasMessageContaining(id(one))
                    .hasMessageContaining(id(other));
        }
    }

    @Test
    @DisplayName("a server whose machine's name leads elsewhere can be watched all the same")
    void needsNoName() throws Exception {
        String name = InetAddress.getLocalHost().getHostName();
        Path hosts = Files.writeString(temp.resolve("hosts"), "127.0.0.1 localhost\n192.0.2.1 " + name + "\n");
        try (RealServer server = RealServer.of("5", "-Djdk.net.hosts.file=" + hosts);
                RunningServer watched = RunningServer.ofProcess(id(server))) {
            assertThat(watched.status()).containsEntry("Stage", "stage5-timer");
        }
    }

    @Test
    @DisplayName("a process without a bean, and one that is no Java program: one line says why")
    void refuses() throws Exception {
        try (RealServer server = RealServer.of("1")) {
            assertThatThrownBy(() -> RunningServer.ofProcess(id(server)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("process " + id(server)
                            + " has no dev.gserver:type=Status: it is no gserver, or one of stage 1");
        }
        assertThatThrownBy(() -> RunningServer.ofProcess("1"))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "'1': expected stage 3, 4 or 5, or the number of a process that is a Java program of yours");
    }

    @Test
    @DisplayName("watch ends when nobody reads it any more")
    void endsWithItsReader() throws Exception {
        try (RealServer server = RealServer.of("5")) {
            Process watch = RealServer.course("watch", id(server)).start();
            try (BufferedReader out = watch.inputReader(StandardCharsets.UTF_8)) {
                assertThat(out.readLine()).matches("layer +process " + id(server) + " +value");
            }
            assertThat(watch.waitFor()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("watch ends with its server, and says so")
    void endsWithItsServer() throws Exception {
        RealServer server = RealServer.of("5");
        Process watch = RealServer.course("watch", id(server)).start();
        try (BufferedReader out = watch.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("layer");
            server.close();
            assertThat(out.lines().reduce("", (before, line) -> line))
                    .isEqualTo("process " + id(server) + " has stopped");
        }
        assertThat(watch.waitFor()).isZero();
    }
}
