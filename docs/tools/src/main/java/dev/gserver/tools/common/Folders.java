package dev.gserver.tools.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /** What a page that the tools make begins with. */
    private static final String PAGE_START = "<!DOCTYPE html><!-- made by ./course -->";

    private static final String CANNOT_READ = " cannot be read";
    private static final String CANNOT_WRITE = " cannot be written";

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
            throw Refusal.ofFile(folder + CANNOT_READ, e);
        }
    }

    /** The texts of all files below {@code folder}, by path with slashes. */
    public static Map<String, String> texts(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        files(folder).forEach(file -> texts.put(slashes(folder.relativize(file)), read(file)));
        return texts;
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Files.isDirectory(file)
                    ? Refusal.ofWork(file + CANNOT_READ + ": it is a folder")
                    : Refusal.ofFile(file + CANNOT_READ, e);
        }
    }

    /** What somebody wrote with an editor; its lines end with \n. */
    public static String read(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file)))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw Refusal.ofWork(file + ": expected text in UTF-8, found bytes that are none");
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
            throw cannotWrite(file, e);
        }
    }

    private static Refusal cannotWrite(Path file, IOException cause) {
        String obstacle = obstacle(file);
        return obstacle.isEmpty()
                ? Refusal.ofFile(file + CANNOT_WRITE, cause)
                : Refusal.ofWork(file + CANNOT_WRITE + ": " + obstacle);
    }

    /** What stands in the way of a file that is to be written; "" where nothing can be seen. */
    private static String obstacle(Path file) {
        Path there = file;
        while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        if (there == null) {
            return "there is no " + file.getRoot();
        }
        boolean isAbove = !there.equals(file);
        if (isAbove != Files.isDirectory(there)) {
            return isAbove ? there + " is no folder" : "it is a folder";
        }
        return Files.isWritable(there) ? "" : (isAbove ? there + ": " : "") + "permission denied";
    }

    /**
     * Refuses a page that could not be written.
     *
     * @param hasName whether the user has named it: then it does not take the place of anything but such a page
     */
    public static void checkPage(Path page, boolean hasName) {
        String obstacle = obstacle(page);
        if (!obstacle.isEmpty()) {
            throw Refusal.ofWork(page + CANNOT_WRITE + ": " + obstacle);
        }
        String text = hasName && Files.exists(page) ? new String(bytes(page), StandardCharsets.UTF_8) : "";
        if (!text.isEmpty() && !text.startsWith(PAGE_START)) {
            throw Refusal.ofWork(page + " is there already, and ./course has not made it; expected another name");
        }
    }

    /**
     * Copies a file, or all of a folder but what Git and the site have put there, with the times: ./course compares those
     * of a jar and of its sources.
     */
    public static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            List<Path> paths = all.filter(path -> NOT_COPIED.stream().noneMatch(from.relativize(path)::startsWith))
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
        } catch (FileSystemException e) {
            throw e.getFile().startsWith(from.toString())
                    ? Refusal.ofFile(from + CANNOT_READ, e)
                    : cannotWrite(Files.isDirectory(to) ? Path.of(e.getFile()) : to, e);
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
