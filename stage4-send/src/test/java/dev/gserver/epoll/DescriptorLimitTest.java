package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server process that may have 64 open descriptors, and 200 clients that want in. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class DescriptorLimitTest {
    private static final int CLIENTS = 200;
    private static final int LIMIT = 64;
    private static final Duration WINDOW = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(); // that the server has printed

    @Test
    @DisplayName("out of descriptors: those inside go on, nothing spins, and who waits gets in when others leave")
    void keepsServing() throws Exception {
        Process server = startServer();
        List<TestClient> clients = new ArrayList<>();
        try {
            String start = await(" listening on ");
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), Integer.parseInt(start.substring(start.lastIndexOf(':') + 1)));
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new TestClient(address)); // as far as the backlog at least
            }
            await("accept failed: Too many open files");
            assertIsServed(clients.get(0));
            assertIdle(server);

            for (TestClient client : clients.subList(0, CLIENTS / 2)) {
                client.close();
            }
            assertIsServed(clients.get(CLIENTS / 2));
            for (TestClient client : clients.subList(CLIENTS / 2, CLIENTS - 1)) {
                client.close();
            }
            assertIsServed(clients.get(CLIENTS - 1));
        } finally {
            server.toHandle().destroyForcibly(); // leaves its output readable
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private void assertIsServed(TestClient client) throws Exception {
        client.send(Packets.ping());
        assertThat(await("127.0.0.1:" + client.port() + "): complete: packet")).isNotNull();
    }

    /** While a loop spins no window of time is quiet; one that rests has some, though the compiler may be at work. */
    private static void assertIdle(Process server) {
        Duration used = WINDOW;
        for (int i = 0; i < 20 && used.compareTo(WINDOW.dividedBy(4)) >= 0; i++) {
            used = cpuTimeIn(WINDOW, server);
        }
        assertThat(used).isLessThan(WINDOW.dividedBy(4));
    }

    private static Duration cpuTimeIn(Duration window, Process server) {
        Duration before = server.info().totalCpuDuration().orElseThrow();
        LockSupport.parkNanos(window.toNanos());
        return server.info().totalCpuDuration().orElseThrow().minus(before);
    }

    private Process startServer() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String limited = "ulimit -n " + LIMIT + "; exec \"$0\" \"$@\"";
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        limited,
                        java,
                        "-Dgserver.listen.ports=0",
                        "-Dgserver.trace=true",
                        "-cp",
                        jar().toString(),
                        "dev.gserver.Main")
                .redirectErrorStream(true)
                .start();
        new Thread(() -> process.inputReader().lines().forEach(lines::add)).start();
        return process;
    }

    /** The server's classes as a jar, as it is shipped: from a folder, no class could be loaded without a descriptor. */
    private Path jar() throws Exception {
        Path classes = Path.of(GServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.resolve("gserver.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream jarOut = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jarOut.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jarOut);
            }
        }
        return jar;
    }

    private String await(String text) throws InterruptedException {
        String line;
        do {
            line = lines.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("the server has not said '%s'", text).isNotNull();
        } while (!line.contains(text));
        return line;
    }
}
