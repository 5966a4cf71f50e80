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
    /** Options that Lincheck needs. */
    private static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Djdk.attach.allowAttachSelf=true",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:TieredStopAtLevel=1", // it runs for seconds: compiling well costs more than it saves
            "-XX:+UseSerialGC");

    private static final Duration MOST_USED = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 100;
    private static final long MOST_LOOKS = Duration.ofMinutes(15).toMillis() / LOOK_MILLIS;

    /**
     * What a program found.
     *
     * @param lines what it wrote; null if it did not end in time, or ended without having written
     * @param seconds of processor time that it used, which does not depend on what else the machine has to do
     */
    record Found(List<String> lines, double seconds) {}

    private Child() {}

    /** Runs {@code program} with the file {@code report} as its last argument. */
    static Found run(Class<?> program, String classPath, List<String> arguments, Path report) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (program == Explore.class) {
            command.addAll(OPTIONS);
            command.add("-D" + Explore.DETAILS + "=" + Boolean.getBoolean(Explore.DETAILS));
        }
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(arguments);
        command.add(report.toString());
        try {
            Files.createDirectories(report.getParent());
            Files.deleteIfExists(report);
            Process process = new ProcessBuilder(command)
                    .directory(report.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            report.resolveSibling(report.getFileName() + ".log").toFile())
                    .start();
            Duration used = await(process);
            process.destroyForcibly().waitFor();
            return new Found(Files.exists(report) ? Files.readAllLines(report) : null, used.toMillis() / 1000.0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end; gives up on one that uses too much time. Returns the processor time it used. */
    private static Duration await(Process process) throws InterruptedException {
        Duration used = Duration.ZERO;
        for (long looks = 0; looks < MOST_LOOKS && used.compareTo(MOST_USED) < 0; looks++) {
            used = process.info().totalCpuDuration().orElse(used);
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        return used;
    }
}
