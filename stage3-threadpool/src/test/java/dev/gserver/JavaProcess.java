package dev.gserver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs of this build as processes of their own, and sends them signals. Any thread. */
public final class JavaProcess {
    private static final long HANGUP_OR_INTERRUPT = 0b11; // signals 1 and 2

    private JavaProcess() {}

    /** Starts {@code java} with {@code arguments}; standard error goes where standard output goes. It lives 2 min at most. */
    public static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (ignoresHangupOrInterrupt()) {
            command.addAll(List.of("env", "--default-signal=HUP,INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder(Main.class) + File.pathSeparator + folder(JavaProcess.class)));
        command.addAll(List.of(arguments));
        Process process = builder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(120, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process; // who reads what it prints cannot be interrupted: the end of the process ends the wait
    }

    /** What starts {@code command} in an environment that is the same for everybody: no options for Java, the locale C. */
    public static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    /** A shell has what it runs in the background ignore these signals, and so does nohup; a JVM then leaves it at that. */
    private static boolean ignoresHangupOrInterrupt() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(
                                line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(ignored -> (ignored & HANGUP_OR_INTERRUPT) != 0);
    }

    /** Sends {@code process} the signal {@code name}, such as INT; {@link Process#destroy} can send TERM only. */
    public static void signal(Process process, String name) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " failed");
        }
    }

    private static String folder(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
