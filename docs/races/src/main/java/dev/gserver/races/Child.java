package dev.gserver.races;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of this project's programs in a JVM of its own, which writes what it found to a file. Any thread. */
final class Child {
    /** Options that Lincheck needs, and the fake selector. */
    private static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Djava.nio.channels.spi.SelectorProvider=" + FakeProvider.class.getName(),
            "-Djdk.attach.allowAttachSelf=true",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:TieredStopAtLevel=1", // it runs for seconds: compiling well costs more than it saves
            "-XX:+UseSerialGC");

    /**
     * What a program found.
     *
     * @param lines what it wrote; null if it did not end in time, or ended without having written
     * @param seconds how long it took
     */
    record Found(List<String> lines, double seconds) {}

    private Child() {}

    /** Runs {@code program} with the file {@code report} as its last argument, for {@code most} at most. */
    static Found run(Class<?> program, String classPath, List<String> arguments, Path report, Duration most) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (program == Explore.class) {
            command.addAll(OPTIONS);
        }
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(arguments);
        command.add(report.toString());
        long start = System.nanoTime();
        try {
            Files.createDirectories(report.getParent());
            Files.deleteIfExists(report);
            Process process = new ProcessBuilder(command)
                    .directory(report.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            report.resolveSibling(report.getFileName() + ".log").toFile())
                    .start();
            boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Found(ended && Files.exists(report) ? Files.readAllLines(report) : null, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
