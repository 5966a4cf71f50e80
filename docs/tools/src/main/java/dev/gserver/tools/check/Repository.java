package dev.gserver.tools.check;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Ladder;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.Page;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is checked: the stages and pages of a checkout. What was read once is kept. */
final class Repository {
    private static final String DOCS = "docs/";
    private static final String TRANSLATIONS = "docs/zh-CN/";
    private static final String README_TRANSLATED = "README.zh-CN.md";
    private static final String RUNGS = "docs/tools/src/main/resources/dev/gserver/tools/exercise/rungs.txt";

    private final Project project;
    private final List<Page> pages;
    private final NotesMap notes;
    private final Map<Path, List<Path>> files = new HashMap<>();
    private final Map<Path, List<JavaSource>> sources = new HashMap<>();

    Repository(Project project) {
        this.project = project;
        this.notes = NotesMap.read(project);
        Stream<Path> top = Stream.of(project.home().toFile().listFiles()).map(File::toPath);
        this.pages = Stream.concat(top, Folders.files(project.docs()).stream())
                .map(project::name)
                .filter(name -> name.endsWith(".md") && !name.matches(".*/(src|target|site)/.*"))
                .sorted()
                .map(name -> Page.read(project.home(), name))
                .toList();
    }

    Path home() {
        return project.home();
    }

    List<Stage> stages() {
        return project.stages();
    }

    NotesMap notes() {
        return notes;
    }

    /** The rungs of {@code stage}; none in a checkout that has no list of them. */
    List<Rung> rungs(Stage stage) {
        Path list = home().resolve(RUNGS);
        List<Rung> all = Files.exists(list) ? Ladder.read(Folders.read(list), Texts.ENGLISH) : List.of();
        return all.stream().filter(rung -> rung.stage() == stage.number()).toList();
    }

    /** All pages, those right in the checkout and those in docs. */
    List<Page> pages() {
        return pages;
    }

    /** The page that {@code path}, seen from the root of the checkout, leads to. */
    Optional<Page> page(Path path) {
        String name = Folders.slashes(path.normalize());
        return pages.stream().filter(page -> page.name().equals(name)).findFirst();
    }

    static boolean isTranslation(Page page) {
        return page.name().startsWith(TRANSLATIONS) || page.name().equals(README_TRANSLATED);
    }

    /** Where the translation of an English page has to be; only pages right in docs have one, and README.md. */
    static Optional<String> translationOf(Page page) {
        String file = page.path().getFileName().toString();
        return page.name().equals("README.md")
                ? Optional.of(README_TRANSLATED)
                : Optional.of(TRANSLATIONS + file).filter(any -> page.name().equals(DOCS + file));
    }

    /** {@code path} as it is shown: from the root of the checkout, with slashes. */
    String name(Path path) {
        return project.name(path);
    }

    /** The folder of a stage, named as {@code stage3}, or any other. */
    Optional<Path> folder(String name) {
        return Stream.concat(
                        stages().stream()
                                .filter(stage -> stage.name().startsWith(name + "-"))
                                .map(Stage::folder),
                        Stream.of(home().resolve(name)))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** The stages that {@code page} speaks of: its own where it is a stage's chapter, else all. */
    List<Stage> stagesOf(Page page) {
        List<Stage> own = stages().stream()
                .filter(stage -> page.path().endsWith(stage.name() + ".md"))
                .toList();
        return own.isEmpty() ? stages() : own;
    }

    /** All files below {@code folder}, in order, but those that its build made. */
    List<Path> files(Path folder) {
        return files.computeIfAbsent(folder, absent -> Folders.files(folder).stream()
                .filter(file -> !folder.relativize(file).startsWith("target"))
                .toList());
    }

    /** Files called {@code name}, perhaps with folders before it, below {@code folder}. */
    List<Path> find(Path folder, String name) {
        return files(folder).stream().filter(file -> file.endsWith(name)).toList();
    }

    boolean hasTest(Stage stage, String className) {
        return !find(stage.folder().resolve("src/test"), className + ".java").isEmpty();
    }

    /** The Java files below {@code folder}, with their paths from the root of the checkout. */
    List<JavaSource> sources(Path folder) {
        return sources.computeIfAbsent(
                folder, absent -> JavaSource.parse(texts(folder)).sources());
    }

    Map<String, String> texts(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        files(folder).forEach(file -> texts.put(name(file), Folders.read(file)));
        return texts;
    }
}
