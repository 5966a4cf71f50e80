package dev.gserver.tools.build;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checkout's own Maven: mvnw, or mvnw.cmd on Windows. */
public final class Maven {
    private Maven() {}

    /** @param folder where the pom.xml lies */
    public static ProcessBuilder command(Project project, Path folder, String... words) {
        List<String> command = new ArrayList<>();
        if (Child.isWindows()) {
            command.add(project.home().resolve("mvnw.cmd").toString());
        } else {
            command.addAll(List.of("sh", project.home().resolve("mvnw").toString()));
        }
        command.addAll(List.of("-B", "-ntp", "-Dstyle.color=never", "-f", folder.toString()));
        command.addAll(List.of(words));
        return Child.of(command).directory(project.home().toFile());
    }

    /** Makes the jars of a project; what Maven says goes to standard error. */
    static void makeJar(Project project, Path folder) {
        String name = project.home().relativize(folder).toString().replace('\\', '/');
        if (!Files.isWritable(folder)) {
            throw Refusal.ofWork(folder + " cannot be written to, and " + name + " has to be built there");
        }
        System.err.println("course: building " + name + " ...");
        try {
            Process maven = command(project, folder, "-q", "package", "-DskipTests")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            maven.getInputStream().transferTo(System.err);
            if (maven.waitFor() != 0) {
                throw Refusal.ofWork(name + " does not build");
            }
        } catch (IOException e) {
            throw Refusal.ofWork(name + " does not build: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts the main thread
        }
    }
}
