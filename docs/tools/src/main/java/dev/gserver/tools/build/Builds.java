package dev.gserver.tools.build;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** Builds what is older than its sources. */
public final class Builds {
    private Builds() {}

    /** The stage's jar, built anew if that is needed. Whoever starts it takes a copy: {@link RunningJar}. */
    public static Path jar(Project project, Stage stage) {
        Path jar = stage.folder().resolve("target/gserver.jar");
        if (isOlder(jar, stage.folder())) {
            Maven.makeJar(project, stage.folder());
            touch(jar);
        }
        return jar;
    }

    /** Maven sees what of docs/benchmarks has changed. */
    public static Path benchmarks(Project project) {
        Path folder = project.docs().resolve("benchmarks");
        Maven.makeJar(project, folder);
        return folder.resolve("target");
    }

    /** Maven leaves an equal jar alone. */
    private static void touch(Path jar) {
        try {
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw Refusal.ofFile(jar + " cannot be written to", e);
        }
    }

    /** Whether a jar is missing or older than what it is made of. A folder's time tells that a file in it is gone. */
    public static boolean isOlder(Path jar, Path folder) {
        if (!Files.exists(jar)) {
            return true;
        }
        try (Stream<Path> sources =
                Stream.concat(Stream.of(folder.resolve("pom.xml")), Files.walk(folder.resolve("src/main")))) {
            FileTime built = Files.getLastModifiedTime(jar);
            for (Path source : (Iterable<Path>) sources::iterator) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw Refusal.ofFile(folder + " cannot be read", e);
        }
    }
}
