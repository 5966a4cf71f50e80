package dev.gserver.tools.markdown;

import dev.gserver.tools.common.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All pages of a checkout, those right in it and those in docs, and which of them is the translation of which. */
public record Pages(List<Page> all) {
    private static final String DOCS = "docs/";
    private static final String TRANSLATIONS = "docs/zh-CN/";
    private static final String README = "README.md";
    private static final String README_TRANSLATED = "README.zh-CN.md";

    public static Pages read(Project project) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> top = Files.list(project.home())) {
            top.filter(file -> file.getFileName().toString().endsWith(".md")).forEach(files::add);
        }
        try (Stream<Path> docs = Files.walk(project.docs())) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(files::add);
        }
        return new Pages(files.stream()
                .map(file -> name(project.home().relativize(file)))
                .filter(name -> !name.matches(".*/(src|target)/.*")) // what a program is made of, or was made by it
                .sorted()
                .map(name -> Page.read(project.home(), name))
                .toList());
    }

    private static String name(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** The page that {@code path}, seen from the root of the checkout, leads to. */
    public Optional<Page> page(Path path) {
        String name = name(path.normalize());
        return all.stream().filter(page -> page.name().equals(name)).findFirst();
    }

    public boolean hasTranslations() {
        return all.stream().anyMatch(page -> page.name().startsWith(TRANSLATIONS));
    }

    public boolean isTranslation(Page page) {
        return page.name().startsWith(TRANSLATIONS) || page.name().equals(README_TRANSLATED);
    }

    /** Where the translation of an English page has to be; only pages right in docs have one, and README.md. */
    public Optional<Path> translationOf(Page page) {
        if (page.name().equals(README)) {
            return Optional.of(Path.of(README_TRANSLATED));
        }
        String file = page.path().getFileName().toString();
        return page.name().equals(DOCS + file) ? Optional.of(Path.of(TRANSLATIONS + file)) : Optional.empty();
    }
}
