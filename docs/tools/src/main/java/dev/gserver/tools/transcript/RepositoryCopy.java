package dev.gserver.tools.transcript;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A copy of a checkout, where the commands of a page may write, change and build.
 *
 * @param scratch a folder for what else is needed meanwhile; it goes away with the copy
 * @param folder the copy itself
 */
record RepositoryCopy(Path scratch, Path folder) implements AutoCloseable {
    static RepositoryCopy of(Path home) throws IOException {
        Path scratch = Files.createTempDirectory("course-check");
        RepositoryCopy copy = new RepositoryCopy(scratch, scratch.resolve("gserver"));
        Files.walkFileTree(home, new Copier(home, copy.folder));
        return copy;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // a program that was still ending has removed it
        }
    }

    /** Copies all but .git, with the times: ./course compares those of a jar and of its sources. */
    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copier(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.endsWith(".git")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copied(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.endsWith(".git")) {
                Files.copy(file, copied(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            Files.setLastModifiedTime(copied(folder), Files.getLastModifiedTime(folder));
            return FileVisitResult.CONTINUE;
        }

        private Path copied(Path file) {
            return to.resolve(from.relativize(file));
        }
    }
}
