package dev.gserver.tools.check;

import dev.gserver.tools.common.Stage;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Inline;
import dev.gserver.tools.transcript.Expected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Links, and what stands in backticks and looks like a path or a name of the stages, lead to something. */
record References(Repository repository, List<Page> pages) implements Check {
    private static final Pattern PATH = Pattern.compile("(docs/|stage[1-5]-[a-z]+/|\\.ci/|src/)\\S*");
    private static final Pattern NAME = Pattern.compile("([A-Z]\\w+)\\.([a-zA-Z]\\w+)(\\(.*\\))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("[*$<>{" + Expected.ANYTHING + "]");

    @Override
    public List<Verdict> verdicts() {
        Links links = new Links(repository);
        return List.of(Verdict.of(
                "the pages' links, paths and names exist", pages.stream().flatMap(page -> Stream.of(
                                links.faults(page),
                                page.codes().stream().flatMap(code -> paths(page, code)),
                                page.codes().stream().flatMap(code -> names(page, code)),
                                page.misplaced().stream().map(found -> Fault.of(page, found.line(), found.text())))
                        .flatMap(faults -> faults))));
    }

    private Stream<Fault> paths(Page page, Inline code) {
        return Stream.of(code.text().strip().split("\\s+"))
                .map(word -> word.replaceFirst("[.,;:]+$", ""))
                .filter(word -> PATH.matcher(word).matches() && !exists(page, word))
                .map(word -> Fault.of(page, code.line(), "`" + word + "`: there is no such path"));
    }

    private boolean exists(Page page, String path) {
        if (PLACEHOLDER.matcher(path).find() || path.contains("/target")) {
            return true; // a pattern, or made by the build
        }
        return path.startsWith("src/")
                ? repository.stagesOf(page).stream()
                        .anyMatch(stage -> Files.exists(stage.folder().resolve(path)))
                : Files.exists(repository.home().resolve(path));
    }

    private Stream<Fault> names(Page page, Inline code) {
        Matcher name = NAME.matcher(code.text());
        if (!name.matches() || name.group(2).equals("java") || isKnown(page, name.group(1), name.group(2))) {
            return Stream.of();
        }
        String text = "`" + code.text() + "`: " + name.group(1) + " has no " + name.group(2);
        return Stream.of(Fault.of(page, code.line(), text));
    }

    /** Whether a class of that name, if the stages that the page speaks of have one, has that member. */
    private boolean isKnown(Page page, String className, String member) {
        List<Path> files = repository.stagesOf(page).stream()
                .map(Stage::folder)
                .flatMap(folder -> repository.find(folder, className + ".java").stream())
                .toList();
        Pattern word = Pattern.compile("\\b" + member + "\\b");
        return files.isEmpty()
                || files.stream().anyMatch(file -> word.matcher(code(file)).find());
    }

    /** The code of {@code file}: a name that is left in a comment or a text only is gone. */
    private String code(Path file) {
        return String.join("\n", repository.lines(file))
                .replaceAll("(?s)/\\*.*?\\*/|(?-s)//.*|\"(\\\\.|[^\"\\\\\n])*\"", " ");
    }
}
