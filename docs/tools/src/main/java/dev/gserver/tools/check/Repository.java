package dev.gserver.tools.check;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Pages;
import dev.gserver.tools.markdown.TextFile;
import dev.gserver.tools.notes.NotesMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is checked: the stages and pages of a checkout. What was read once is kept. */
final class Repository {
    private final Path home;
    private final List<Stage> stages;
    private final Pages pages;
    private final NotesMap notes;
    private final Map<Path, List<Path>> files = new HashMap<>();
    private final Map<Path, List<JavaSource>> sources = new HashMap<>();

    private Repository(Path home, List<Stage> stages, Pages pages, NotesMap notes) {
        this.home = home;
        this.stages = stages;
        this.pages = pages;
        this.notes = notes;
    }

    static Repository read(Project project) throws IOException {
        List<Stage> stages = project.stages().stream()
                .filter(stage -> Files.isDirectory(stage.folder()))
                .toList();
        return new Repository(project.home(), stages, Pages.read(project), NotesMap.read(project));
    }

    Path home() {
        return home;
    }

    List<Stage> stages() {
        return stages;
    }

    Pages pages() {
        return pages;
    }

    NotesMap notes() {
        return notes;
    }

    /** {@code path} as it is shown: from the root of the checkout, with slashes. */
    String name(Path path) {
        return home.relativize(path).toString().replace('\\', '/');
    }

    /** The folder of a stage that is named by number, {@code stage3} or folder; any other folder as it is. */
    Optional<Path> folder(String name) {
        Pattern named = Pattern.compile("(stage)?" + Pattern.quote(name) + "(-.*)?");
        return stages.stream()
                .filter(stage -> named.matcher(stage.name()).matches())
                .map(Stage::folder)
                .findFirst()
                .or(() -> Optional.of(home.resolve(name)).filter(Files::isDirectory));
    }

    /** The stages that {@code page} speaks of: its own where it is a stage's chapter, else all. */
    List<Stage> stagesOf(Page page) {
        String file = page.path().getFileName().toString();
        List<Stage> own = stages.stream()
                .filter(stage -> file.equals(stage.name() + ".md"))
                .toList();
        return own.isEmpty() ? stages : own;
    }

    /** All files below {@code folder}, in order, but those that its build made. */
    List<Path> files(Path folder) {
        return files.computeIfAbsent(folder, Repository::list);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !folder.relativize(file).startsWith("target"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files called {@code name}, perhaps with folders before it, below {@code folder}. */
    List<Path> find(Path folder, String name) {
        return files(folder).stream().filter(file -> file.endsWith(name)).toList();
    }

    boolean hasTest(Stage stage, String className) {
        return !find(stage.folder().resolve("src/test"), className + ".java").isEmpty();
    }

    /** The Java files below {@code folder}. */
    List<JavaSource> sources(Path folder) {
        return sources.computeIfAbsent(folder, absent -> JavaSource.readAll(this, folder));
    }

    List<String> lines(Path file) {
        return TextFile.read(file).lines().toList();
    }
}
