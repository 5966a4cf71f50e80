package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.JavaProcess;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A server process that may have few open descriptors, with the trace on. One thread. */
public final class LimitedServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(); // that the process has printed
    private final Process process;
    private final InetSocketAddress address;

    /** Starts it with at most {@code limit} descriptors; {@code folder} is for the jar, {@code options} are for Java. */
    public LimitedServer(Path folder, int limit, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$0\" \"$@\"", JavaProcess.JAVA));
        command.addAll(List.of("-Dgserver.listen.ports=0", "-Dgserver.trace=true"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jar(folder).toString(), "dev.gserver.Main"));
        process = JavaProcess.start(new ProcessBuilder(command).redirectErrorStream(true));
        new Thread(() -> process.inputReader().lines().forEach(lines::add)).start();
        String start = await(" listening on ");
        int port = Integer.parseInt(start.substring(start.lastIndexOf(':') + 1));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The server's classes as a jar, as it is shipped: from a folder, no class could be loaded without a descriptor. */
    private static Path jar(Path folder) throws Exception {
        Path classes = Path.of(JavaProcess.folder(GServer.class));
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

    public InetSocketAddress address() {
        return address;
    }

    /** Reads what the process prints up to the first line that contains {@code text}, and returns that. */
    public String await(String text) throws InterruptedException {
        List<String> read = readTo(text);
        return read.get(read.size() - 1);
    }

    /** Reads what the process prints up to the first line that contains {@code text}; that is the last one returned. */
    public List<String> readTo(String text) throws InterruptedException {
        List<String> read = new ArrayList<>();
        for (int seconds = 0; read.isEmpty() || !read.get(read.size() - 1).contains(text); ) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                read.add(line);
            } else {
                assertThat(++seconds).as("the server has not said '%s'", text).isLessThan(PATIENCE_SECONDS);
            }
        }
        return read;
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly(); // leaves its output readable
    }
}
