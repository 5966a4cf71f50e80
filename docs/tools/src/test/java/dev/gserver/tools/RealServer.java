package dev.gserver.tools;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A stage's server in a process of its own, on a free port; closing it ends it. */
public final class RealServer implements AutoCloseable {
    private static final Project PROJECT = Project.ofProgram();
    private static final String FREE_PORT = "-Dgserver.listen.ports=0";

    private final Process process;
    private final String address;

    private RealServer(Process process) throws IOException {
        this.process = process;
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String ready = out.readLine();
        if (ready == null || !ready.startsWith("gserver stage")) {
            process.destroyForcibly();
            throw new IllegalStateException("expected a server to start, got: " + ready);
        }
        this.address = ready.substring(ready.lastIndexOf(' ') + 1);
    }

    public static Path jar(String stage) {
        return Maven.runningJar(PROJECT, PROJECT.stage(stage));
    }

    /** The jar is named as seen from {@code folder}, where the server runs. */
    public static RealServer of(Path folder, String jar, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(Child.java(), FREE_PORT));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-jar", jar));
        ProcessBuilder builder = Child.plain(command).directory(folder.toFile());
        return new RealServer(builder.redirectError(Redirect.DISCARD).start()); // a full pipe would hold it up
    }

    public static RealServer of(String stage, String... options) throws IOException {
        return of(PROJECT.home(), jar(stage).toString(), options);
    }

    /** Stage 5 by ./course run. */
    public static RealServer byTool() throws IOException {
        jar("5"); // built, so that nothing but the server prints
        return new RealServer(course("run", "5").start());
    }

    /** The tool itself, in a process of its own; a server that it starts gets a free port. */
    public static ProcessBuilder course(String... words) {
        return program(Main.class, words);
    }

    /** A program of these classes, in a process of its own. */
    public static ProcessBuilder program(Class<?> type, String... words) {
        List<String> command = new ArrayList<>(List.of(Child.java(), "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), type.getName()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = Child.plain(command);
        builder.environment().put("COURSE_JDK_JAVA_OPTIONS", FREE_PORT);
        builder.environment().remove("COURSE_LANG");
        return builder;
    }

    /** What was started: the server, or the tool that has started it. */
    public Process process() {
        return process;
    }

    /** The server. */
    public ProcessHandle server() {
        return process.children().findFirst().orElse(process.toHandle());
    }

    public String address() {
        return address;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
