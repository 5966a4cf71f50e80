package dev.gserver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts programs of this build as processes of their own, and sends them signals. Any thread. */
public final class JavaProcess {
    /** The command that runs Java, that of this process. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final long MOST_SECONDS = 50L * Integer.getInteger("gserver.stress", 1);
    private static final long HANGUP_OR_INTERRUPT = 0b11; // signals 1 and 2

    private JavaProcess() {}

    /** Starts {@code java} with {@code arguments}; standard error goes where standard output goes. */
    public static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (ignoresHangupOrInterrupt()) {
            command.addAll(List.of("env", "--default-signal=HUP,INT"));
        }
        command.addAll(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(folder(Main.class) + File.pathSeparator + folder(JavaProcess.class));
        command.addAll(List.of(arguments));
        return start(new ProcessBuilder(command).redirectErrorStream(true));
    }

    /**
     * Starts {@code program} in an environment that is the same for everybody: no options for Java, the locale C. It does not
     * live longer than a test: who reads what it prints cannot be interrupted, but its end ends the wait.
     */
    public static Process start(ProcessBuilder program) throws IOException {
        program.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        program.environment().put("LC_ALL", "C.UTF-8");
        Process process = program.start();
        process.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        return process;
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

    /** Sends process {@code pid} one or more signals, such as INT; not on Windows. */
    public static void signal(long pid, String... names) throws Exception {
        String commands =
                Stream.of(names).map(name -> "kill -" + name + " " + pid).collect(Collectors.joining(" && "));
        if (new ProcessBuilder("sh", "-c", commands).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(commands + " failed");
        }
    }

    /** Where the build has put {@code type}. */
    public static String folder(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
