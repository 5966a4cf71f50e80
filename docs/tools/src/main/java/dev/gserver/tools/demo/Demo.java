package dev.gserver.tools.demo;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Shutdown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the demo of a stage. */
public final class Demo {
    /** For a program whose output is read, whatever the user's language. */
    private static final List<String> TO_BE_READ = List.of(
            "-Duser.language=en", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private Demo() {}

    /**
     * Returns its exit code.
     *
     * @param layer null: the one that the stage adds
     */
    public static int run(Project project, Stage stage, String layer, PrintStream out) throws InterruptedException {
        boolean isChinese = project.texts().isChinese();
        List<String> command = Maven.run(project, stage, isChinese ? TO_BE_READ : List.of());
        command.add("demo");
        command.addAll(layer == null ? List.of() : List.of(layer));
        if (!isChinese) {
            return Child.run(Child.of(command));
        }
        Narration narration = new Narration();
        return Child.run(Child.of(command), line -> narration.line(line, text -> out.print(text + "\n")));
    }

    /** Runs it without the user's Java options, but with {@code more}; {@code reader} gets each line. */
    public static void read(Project project, Stage stage, Consumer<String> reader, String... more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(TO_BE_READ);
        options.addAll(List.of(more));
        List<String> command = Maven.run(project, stage, options);
        command.add("demo");
        System.err.println("course: running the demo of " + stage.name() + " ...");
        Process demo = Child.plain(command).redirectErrorStream(true).start();
        try (BufferedReader lines = demo.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(reader);
        }
        if (demo.waitFor() != 0) {
            Shutdown.check();
            throw Refusal.ofWork("the demo of " + stage.name() + " has failed: ./course demo " + stage.number());
        }
    }
}
