package dev.gserver.tools.build;

import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The copy of a jar that is started, in target/run. A JVM reads classes from its jar as long as it runs, and loses them
 * when a build writes over it; the copy is named by its content and never written again.
 */
public final class RunningJar {
    private static final Duration KEPT = Duration.ofDays(1);

    private RunningJar() {}

    public static Path copyOf(Path jar) {
        Path copies = jar.resolveSibling("run");
        if (!Files.isWritable(jar.getParent())) {
            return jar; // then nobody builds it either
        }
        try {
            byte[] content = Files.readAllBytes(jar);
            Path folder = copies.resolve(digest(content));
            removeOthers(copies, folder);
            Path copy = folder.resolve(jar.getFileName());
            if (!Files.exists(copy)) {
                write(content, copy);
            }
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            return copy;
        } catch (IOException e) {
            throw Refusal.ofFile(copies + " cannot be written to", e);
        }
    }

    /** Another start of the same jar may be about to do the same. */
    private static void write(byte[] content, Path copy) throws IOException {
        Files.createDirectories(copy.getParent());
        Path part = Files.createTempFile(copy.getParent(), "part", ".jar");
        Files.write(part, content);
        try {
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(part);
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** Those that were started last some time ago, and are not in use: Windows does not delete what is. */
    private static void removeOthers(Path copies, Path own) throws IOException {
        if (!Files.isDirectory(copies)) {
            return;
        }
        Instant old = Instant.now().minus(KEPT);
        for (Path folder : list(copies)) {
            if (!folder.equals(own)
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
                removeIfUnused(folder);
            }
        }
    }

    private static void removeIfUnused(Path folder) {
        try {
            for (Path file : list(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            return; // in use
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
