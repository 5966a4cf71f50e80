package dev.gserver.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under test: a process of its own, and the port that it has said to listen on. */
final class Server implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(" listening on .*?:(\\d+)");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Process process;
    private final int port;

    private Server(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString(), "-Xms512m", "-Xmx512m"));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = awaitPort(process.inputReader());
    }

    /** Starts stage `number`, whose jar has been built; `options` are -D options. */
    static Server stage(int number, List<String> options) throws IOException {
        return jar(jar(number), options);
    }

    /** Starts a jar of a stage that has been built elsewhere. */
    static Server jar(Path jar, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-Dgserver.listen.ports=0");
        arguments.addAll(List.of("-jar", jar.toString()));
        return new Server(arguments);
    }

    /** Starts a class of this project. */
    static Server peer(Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        all.addAll(List.of(arguments));
        return new Server(all);
    }

    /** A copy: a jar that is built anew while a JVM runs from it breaks that. */
    private static Path jar(int number) throws IOException {
        List<String> names =
                List.of("stage1-listen", "stage2-epoll", "stage3-threadpool", "stage4-send", "stage5-timer");
        Path copy = Files.createTempFile("gserver", ".jar");
        copy.toFile().deleteOnExit();
        return Files.copy(
                Path.of(names.get(number - 1), "target", "gserver.jar"), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int awaitPort(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = PORT.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new IOException("a server ended before it said that it listens");
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
