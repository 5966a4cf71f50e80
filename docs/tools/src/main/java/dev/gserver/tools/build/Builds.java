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
        try {
            if (isOlder(jar, stage.folder())) {
                Maven.makeJar(project, stage.folder());
                Files.setLastModifiedTime(jar, FileTime.from(Instant.now())); // Maven leaves an equal jar alone
            }
            return jar;
        } catch (IOException e) {
            throw Refusal.ofWork(stage.name() + " cannot be built: " + e);
        }
    }

    /** Maven sees what of docs/benchmarks has changed. */
    public static Path benchmarks(Project project) {
        Path folder = project.docs().resolve("benchmarks");
        Maven.makeJar(project, folder);
        return folder.resolve("target");
    }

    /** A folder's time tells that a file in it is gone. */
    private static boolean isOlder(Path jar, Path folder) throws IOException {
        if (!Files.exists(jar)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(jar);
        try (Stream<Path> sources =
                Stream.concat(Stream.of(folder.resolve("pom.xml")), Files.walk(folder.resolve("src/main")))) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
