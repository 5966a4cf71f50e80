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
    private final Path folder; // null if it is taken as it is

    private Committed(Project project, Path folder) {
        this.project = project;
        this.folder = folder;
    }

    /** Says on standard error if there is no git to ask. */
    public static Committed of(Project project, Stage stage) {
        try {
            Path folder = Files.createTempDirectory("course-").toRealPath();
            Committed committed = new Committed(new Project(folder, project.from(), project.texts()), folder);
            Runtime.getRuntime().addShutdownHook(new Thread(committed::close)); // after Ctrl-C too
            String problem = committed.unpack(project, stage);
            if (problem.isEmpty()) {
                return committed;
            }
            committed.close();
            System.err.println("course: the stage is taken as it is now, not as it was committed: " + problem);
            return new Committed(project, null);
        } catch (IOException e) {
            throw Refusal.ofFile("the committed stage cannot be unpacked", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts the main thread
        }
    }

    /** Returns what git says if it cannot; no setting of the user's changes what it gives. */
    private String unpack(Project from, Stage stage) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "core.autocrlf=false", "-C", from.home().toString()));
        command.addAll(List.of("archive", "--format=zip", "HEAD", "docs/notes-map.md", stage.name()));
        command.addAll(from.texts().isChinese() ? List.of("docs/zh-CN/notes-map.md") : List.of());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        Path said = Files.createTempFile("course-", ".txt");
        try {
            Process git = builder.redirectError(said.toFile()).start();
            unzip(git.getInputStream());
            return git.waitFor() == 0 ? "" : firstLine(said);
        } catch (IOException e) {
            return e.getMessage(); // there is no git
        } finally {
            Files.delete(said);
        }
    }

    private static String firstLine(Path said) throws IOException {
        return new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("git has failed");
    }

    private void unzip(InputStream archive) throws IOException {
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
        try {
            if (folder != null) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            System.err.println("course: " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
