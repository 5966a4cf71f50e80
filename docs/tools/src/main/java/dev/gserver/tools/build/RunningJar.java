package dev.gserver.tools.build;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The copy of a stage's jar that is started, in target/run. A JVM reads classes from its jar as long as it runs, and loses
 * them when a build writes over it; the copy is named by the time of the build and never written again.
 */
public final class RunningJar {
    private static final Duration KEPT = Duration.ofDays(1);

    private RunningJar() {}

    @SuppressWarnings("try") // the lock is held, not asked
    public static Path of(Project project, Stage stage) {
        Path jar = Maven.jar(project, stage);
        if (!Files.isWritable(jar.getParent())) {
            return jar; // then nobody builds it either
        }
        Path copies = jar.resolveSibling("run");
        try (FileChannel lock = Maven.lock(project, stage.folder())) {
            removeOld(copies);
            long built = Files.getLastModifiedTime(jar).toMillis();
            Path copy =
                    copies.resolve(Long.toString(built, Character.MAX_RADIX)).resolve(jar.getFileName());
            if (!Files.exists(copy)) {
                Folders.copy(jar, copy);
            }
            Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
            return copy;
        } catch (IOException e) {
            throw Refusal.ofFile(copies + " cannot be written to", e);
        }
    }

    /** Those that were started last some time ago; Windows keeps those in use. */
    private static void removeOld(Path copies) throws IOException {
        Instant old = Instant.now().minus(KEPT);
        Files.createDirectories(copies);
        try (Stream<Path> folders = Files.list(copies)) {
            for (Path folder : folders.toList()) {
                Path jar = folder.resolve("gserver.jar");
                Path dated = Files.exists(jar) ? jar : folder;
                if (Files.getLastModifiedTime(dated).toInstant().isBefore(old)) {
                    try {
                        Folders.delete(folder);
                    } catch (IOException e) {
                        continue; // in use
                    }
                }
            }
        }
    }
}
