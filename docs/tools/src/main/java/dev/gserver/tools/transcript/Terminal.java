package dev.gserver.tools.transcript;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Shutdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell that works on a script, and what came of it so far. Its surroundings are the same on every machine. */
final class Terminal implements AutoCloseable {
    private static final String SERVER_PORTS = "-Dgserver.listen.ports=9000,9001";

    private final Process process;
    private final Path outputFile;
    private final Ports ports;

    /** Runs {@code script} in {@code folder}; unless it names the ports itself, servers get those of the page. */
    Terminal(Path scratch, Path folder, Ports ports, String script, boolean namesPorts) throws IOException {
        this.ports = ports;
        Path scriptFile = Files.createTempFile(scratch, "script", ".sh");
        Files.writeString(scriptFile, ports.replace(script) + "\n");
        outputFile = Files.createTempFile(scratch, "output", ".txt");
        ProcessBuilder builder = Child.plain(List.of("bash", scriptFile.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile.toFile());
        setSurroundings(builder.environment(), namesPorts ? "" : ports.replace(SERVER_PORTS));
        process = builder.start();
        process.getOutputStream().close();
    }

    private static void setSurroundings(Map<String, String> environment, String javaOptions) {
        List.of("LANGUAGE", "COURSE_LANG", "CDPATH", "BASH_ENV", "_JAVA_OPTIONS")
                .forEach(environment::remove);
        environment.put("LC_ALL", "C.UTF-8");
        if (!javaOptions.isEmpty()) {
            environment.put("JDK_JAVA_OPTIONS", javaOptions);
        }
    }

    boolean waitFor(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The whole lines printed so far, with the ports that the page speaks of. */
    List<String> output() throws IOException {
        String text = new String(Files.readAllBytes(outputFile), StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return ports.restore(whole)
                .lines()
                .filter(line -> !line.startsWith("NOTE: Picked up JDK_JAVA_OPTIONS:"))
                .toList();
    }

    /** Asks everything that the shell has started to end, and waits for that. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        Shutdown.awaitEnd(all);
        process.onExit().join();
    }
}
