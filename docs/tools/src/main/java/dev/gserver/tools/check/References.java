package dev.gserver.tools.check;

import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Inline;
import dev.gserver.tools.transcript.Expected;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Links, and what stands in backticks and looks like a path or a name of the stages, lead to something. */
record References(Repository repository) {
    private static final Pattern ELSEWHERE = Pattern.compile("([a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern PATH = Pattern.compile("(docs/|stage[1-5]-[a-z]+/|\\.ci/|src/)\\S*");
    private static final Pattern NAME = Pattern.compile("([A-Z]\\w+)\\.([a-zA-Z]\\w+)(\\(.*\\))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("[*$<>{" + Expected.ANYTHING + "]");

    Stream<Fault> faults(Page page) {
        return Stream.of(
                        page.links().stream().flatMap(link -> link(page, link)),
                        page.codes().stream().flatMap(code -> paths(page, code)),
                        page.codes().stream().flatMap(code -> names(page, code)),
                        page.misplaced().stream().map(found -> Fault.of(page, found.line(), found.text())))
                .flatMap(faults -> faults);
    }

    /** Where a link leads to, seen from the root of the checkout; empty if it leads out of it. */
    static Optional<Path> target(Page page, Inline link) {
        if (ELSEWHERE.matcher(link.text()).matches()) {
            return Optional.empty();
        }
        String path =
                URLDecoder.decode(link.text().replaceFirst("#.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
        Path folder = page.path().getParent();
        Path from = path.startsWith("/") || folder == null ? Path.of("") : folder;
        return Optional.of(
                path.isEmpty()
                        ? page.path()
                        : from.resolve(path.replaceFirst("^/", "")).normalize());
    }

    private Stream<Fault> link(Page page, Inline link) {
        Optional<Path> target = target(page, link);
        if (target.isEmpty()) {
            return Stream.of();
        }
        Path path = target.get();
        if (path.startsWith("..") || !Files.exists(repository.home().resolve(path))) {
            return fault(page, link, ": there is no " + Folders.slashes(path));
        }
        String anchor = URLDecoder.decode(link.text().replaceFirst("^[^#]*#?", ""), StandardCharsets.UTF_8);
        Optional<Page> there = repository.page(path);
        return anchor.isEmpty() || there.isEmpty() || there.get().anchors().contains(anchor)
                ? Stream.of()
                : fault(page, link, ": no heading of " + there.get() + " has the anchor #" + anchor);
    }

    private static Stream<Fault> fault(Page page, Inline found, String text) {
        return Stream.of(Fault.of(page, found.line(), found.text() + text));
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
        List<JavaSource> sources = repository.stagesOf(page).stream()
                .map(Stage::folder)
                .flatMap(folder -> Stream.of("src/main/java", "src/test/java").map(folder::resolve))
                .flatMap(folder -> repository.sources(folder).stream())
                .filter(source -> source.name().equals(className))
                .toList();
        return sources.isEmpty() || sources.stream().anyMatch(source -> source.mentions(member));
    }
}
