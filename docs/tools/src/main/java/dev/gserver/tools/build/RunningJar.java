package dev.gserver.tools.build;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The copy of a stage's jar that is started, in target/run. A JVM reads classes from its jar as long as it runs, and loses
 * them when a build writes over it; the copy is named by the time of the build and never written again.
 */
public final class RunningJar {
    private RunningJar() {}

    @SuppressWarnings("try") // the lock is held, not asked
    public static Path of(Project project, Stage stage) {
        Path jar = Maven.jar(project, stage);
        if (!Files.isWritable(jar.getParent())) {
            return jar; // then nobody builds it either
        }
        Path copies = jar.resolveSibling("run");
        try (FileChannel lock = Maven.lock(project, stage.folder())) {
            long built = Files.getLastModifiedTime(jar).toMillis();
            Path copy =
                    copies.resolve(Long.toString(built, Character.MAX_RADIX)).resolve(jar.getFileName());
            if (!Files.exists(copy)) {
                deleteOld(copies);
                Folders.copy(jar, copy);
            }
            return copy;
        } catch (IOException e) {
            throw Refusal.ofFile(copies + " cannot be written to", e);
        }
    }

    /** A JVM has its jar open, and can read it on when its name is gone. Windows keeps what is in use. */
    private static void deleteOld(Path copies) {
        try {
            Folders.delete(copies);
        } catch (IOException e) {
            return;
        }
    }
}
