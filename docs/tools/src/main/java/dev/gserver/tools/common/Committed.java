package dev.gserver.tools.common;

import dev.gserver.tools.common.Project.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A stage as it was committed last, in a folder of its own: what a solved exercise has left in the working tree is not
 * handed out. Without git it is taken as it is. Closing it deletes the folder.
 */
public final class Committed implements AutoCloseable {
    private final Project project;
    private final Scratch scratch; // null if it is taken as it is

    private Committed(Project project, Scratch scratch) {
        this.project = project;
        this.scratch = scratch;
    }

    /** Says on standard error if there is no git to ask. */
    public static Committed of(Project project, Stage stage) {
        try {
            Scratch scratch = new Scratch();
            String problem = unpack(project, stage, scratch.folder());
            if (problem.isEmpty()) {
                return new Committed(new Project(scratch.folder(), project.from(), project.texts()), scratch);
            }
            scratch.close();
            System.err.println("course: the stage is taken as it is now, not as it was committed: " + problem);
            return new Committed(project, null);
        } catch (IOException e) {
            throw Refusal.ofFile("the committed stage cannot be unpacked", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts the main thread
        }
    }

    /** Returns what git says if it cannot; no setting of the user's changes what it gives. */
    private static String unpack(Project from, Stage stage, Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "core.autocrlf=false", "-C", from.home().toString()));
        command.addAll(List.of("archive", "--format=zip", "HEAD", "docs/notes-map.md", stage.name()));
        command.addAll(from.texts().isChinese() ? List.of("docs/zh-CN/notes-map.md") : List.of());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Path said = folder.resolve("said");
        try {
            Process git = builder.redirectError(said.toFile()).start();
            Shutdown.whole(() -> unzip(git.getInputStream(), folder));
            int exitCode = git.waitFor();
            String text = new String(Folders.bytes(said), StandardCharsets.UTF_8);
            return exitCode == 0 ? "" : text.lines().findFirst().orElse("git has failed");
        } catch (IOException e) {
            return e.getMessage(); // there is no git
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static void unzip(InputStream archive, Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
            archive.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** A project in which nothing is but the stage and the map of the notes. */
    public Project project() {
        return project;
    }

    @Override
    public void close() {
        if (scratch != null) {
            scratch.close();
        }
    }
}
