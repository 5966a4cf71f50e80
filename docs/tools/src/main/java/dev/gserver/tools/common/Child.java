package dev.gserver.tools.common;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A program that the tools start. It gets the user's Java options, which the launcher has put aside: JAVA_TOOL_OPTIONS
 * is meant for the server, and a debugger's port in it can be opened only once.
 */
public final class Child {
    private static final String ASIDE = "COURSE_"; // the launcher puts this before the name of a variable
    private static final List<String> JAVA_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private Child() {}

    public static ProcessBuilder of(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        for (String name : JAVA_OPTIONS) {
            String options = environment.remove(ASIDE + name);
            if (options != null && !options.isEmpty()) {
                environment.put(name, options);
            }
        }
        return builder;
    }

    /** Without any of the user's Java options: for a program whose output is compared or parsed. */
    public static ProcessBuilder plain(List<String> command) {
        ProcessBuilder builder = of(command);
        builder.environment().keySet().removeAll(JAVA_OPTIONS);
        return builder;
    }

    /** The java that runs this program. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java")
                .toString();
    }

    public static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    /** Starts a program on the user's terminal and waits for its end. */
    public static int run(ProcessBuilder builder) throws InterruptedException {
        return start(builder.inheritIO()).waitFor();
    }

    /** The same, but each line that it prints goes to {@code reader}; they are UTF-8. */
    public static int run(ProcessBuilder builder, Consumer<String> reader) throws InterruptedException {
        Process child = start(builder.inheritIO().redirectOutput(Redirect.PIPE));
        child.inputReader(StandardCharsets.UTF_8).lines().forEach(reader);
        return child.waitFor();
    }

    /**
     * When this program is to end, the other one is asked to end first; the exit code is that of the other one in any case.
     */
    private static Process start(ProcessBuilder builder) {
        try {
            Process child = builder.start();
            Shutdown.setForeground(child);
            return child;
        } catch (IOException e) {
            throw Refusal.ofWork(builder.command().get(0) + " cannot be started: " + e.getMessage());
        }
    }
}
