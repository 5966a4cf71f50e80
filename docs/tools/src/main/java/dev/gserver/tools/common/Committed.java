package dev.gserver.tools.common;

import dev.gserver.tools.common.Project.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage as it was committed last, in a folder of its own: what a solved exercise has left in the working tree is not
 * handed out. Without git it is taken as it is. Closing it deletes the folder.
 *
 * @param project in which nothing is but the stage and the map of the notes
 * @param scratch null if it is taken as it is
 */
public record Committed(Project project, Scratch scratch) implements AutoCloseable {
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
        Path archive = folder.resolve("stage.zip");
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "core.autocrlf=false", "-C", from.home().toString()));
        command.addAll(List.of("archive", "--output=" + archive, "HEAD", "docs/notes-map.md", stage.name()));
        command.addAll(from.texts().isChinese() ? List.of("docs/zh-CN/notes-map.md") : List.of());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            Process git = builder.start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                return said.lines().findFirst().orElse("git has failed");
            }
        } catch (IOException e) {
            return e.getMessage(); // there is no git
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            Shutdown.whole(() -> Folders.copy(zip.getPath("/"), folder));
        }
        Files.delete(archive);
        return "";
    }

    @Override
    public void close() {
        if (scratch != null) {
            scratch.close();
        }
    }
}
