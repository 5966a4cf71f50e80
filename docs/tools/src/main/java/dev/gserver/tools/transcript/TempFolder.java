package dev.gserver.tools.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that goes away with all that is in it. */
public record TempFolder(Path path) implements AutoCloseable {
    public static TempFolder create() throws IOException {
        return new TempFolder(Files.createTempDirectory("course-check"));
    }

    /** Copies all of {@code from} but .git, with the times: ./course compares those of a jar and of its sources. */
    Path copy(Path from, String name) throws IOException {
        Path to = path.resolve(name);
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(file -> !from.relativize(file).startsWith(".git"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : files) { // what is in a folder first, as it changes the time of the folder
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
            if (Files.isRegularFile(file)) {
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.setLastModifiedTime(copy, Files.getLastModifiedTime(file));
        }
        return to;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // a program that was still ending has removed it
        }
    }
}
