package dev.gserver.tools;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program that the launchers start. */
public final class Main {
    /** Tells course.cmd, which cannot compare the times of files, to build this program and to start it again. */
    private static final int OLD = 86;

    private static final int FILE_TYPE = 0170000; // of the bits of a file's mode
    private static final int PIPE = 0010000;

    private Main() {}

    public static void main(String[] arguments) {
        Project project = Project.ofProgram();
        Path tools = project.docs().resolve("tools");
        if (Boolean.getBoolean("course.checks")
                && System.getenv("COURSE_BUILT") == null
                && Maven.isOlder(tools.resolve("target/course.jar"), tools)) {
            System.exit(OLD);
        }
        Shutdown.prepare();
        Course course = new Course(project, System.out);
        course.setChinese("zh".equals(System.getenv("COURSE_LANG")));
        int exitCode = Usage.commandLine(course, project).execute(arguments);
        if (System.out.checkError()) {
            tellThatOutputIsLost();
            exitCode = Math.max(exitCode, 1);
        }
        System.exit(exitCode);
    }

    /** Nothing is said where somebody has read enough, as head does. */
    private static void tellThatOutputIsLost() {
        try {
            int mode = (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
            if ((mode & FILE_TYPE) == PIPE) {
                return;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Windows does not say what it is
        }
        System.err.print("course: what was printed could not be written; is the disk full?\n");
    }
}
