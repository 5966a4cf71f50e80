package dev.gserver.tools.common;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is done with files and whole folders. */
public final class Folders {
    private static final List<String> NOT_COPIED = List.of(".git", "docs/site/node_modules", "docs/site/target");

    private Folders() {}

    public static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** All files below {@code folder}, in order; none if it is not there. */
    public static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw Refusal.ofFile(folder + " cannot be read", e);
        }
    }

    /** The texts of all files below {@code folder}, by path with slashes. */
    public static Map<String, String> texts(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        files(folder).forEach(file -> texts.put(slashes(folder.relativize(file)), read(file)));
        return texts;
    }

    /** What somebody wrote with an editor; its lines end with \n. */
    public static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw Refusal.ofWork(file + ": expected text in UTF-8, found bytes that are none");
        } catch (IOException e) {
            throw Refusal.ofFile(file + " cannot be read", e);
        }
    }

    public static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    public static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Refusal.ofFile(file + " cannot be written", e);
        }
    }

    /**
     * Copies a file, or all of a folder but what Git and the site have put there, with the times: ./course compares those
     * of a jar and of its sources.
     */
    public static void copy(Path from, Path to) {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(from)) {
            paths = all.filter(path -> NOT_COPIED.stream().noneMatch(from.relativize(path)::startsWith))
                    .sorted(Comparator.reverseOrder()) // what is in a folder first, as it changes the folder's time
                    .toList();
            for (Path path : paths) {
                Path copy = to.resolve(from.relativize(path).toString());
                Files.createDirectories(Files.isDirectory(path) ? copy : copy.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(path));
            }
        } catch (IOException e) {
            throw Refusal.ofFile(from + " cannot be copied to " + to, e);
        }
    }

    /** Deletes all that is below a folder, and itself; nothing happens if it is gone. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return;
        }
    }
}
