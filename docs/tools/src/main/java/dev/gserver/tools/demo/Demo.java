package dev.gserver.tools.demo;

import dev.gserver.tools.build.RunningJar;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs the demo of a stage. */
public final class Demo {
    /** For a program whose output is read, whatever the user's language. */
    public static final List<String> TO_BE_READ = List.of(
            "-Duser.language=en", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private Demo() {}

    /**
     * Returns its exit code.
     *
     * @param layer null: the one that the stage adds
     */
    public static int run(Project project, Stage stage, String layer, PrintStream out) throws InterruptedException {
        boolean isChinese = project.texts().isChinese();
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(isChinese ? TO_BE_READ : List.of());
        command.addAll(List.of("-jar", RunningJar.of(project, stage).toString(), "demo"));
        command.addAll(layer == null ? List.of() : List.of(layer));
        if (!isChinese) {
            return Child.run(Child.of(command));
        }
        Narration narration = new Narration();
        return Child.run(Child.of(command), line -> narration.line(line, text -> out.print(text + "\n")));
    }
}
