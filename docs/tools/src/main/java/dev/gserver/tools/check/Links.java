package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The links of pages to the repository itself: files, images and anchors. */
record Links(Repository repository) {
    private static final Pattern ELSEWHERE = Pattern.compile("([a-z][a-z0-9+.-]*:|//).*");

    /** Where a link leads to, seen from the root of the checkout, and the anchor there, or null. */
    record Target(int line, String written, Path path, String anchor) {
        private static Target of(Page page, Page.Link link) {
            String target = URLDecoder.decode(link.target().replace("+", "%2B"), StandardCharsets.UTF_8);
            String[] parts = target.split("#", 2);
            Path folder = page.path().getParent();
            Path from = parts[0].startsWith("/") || folder == null ? Path.of("") : folder;
            Path path = parts[0].isEmpty()
                    ? page.path()
                    : from.resolve(parts[0].replaceFirst("^/", "")).normalize();
            return new Target(link.line(), link.target(), path, parts.length == 1 ? null : parts[1]);
        }

        private String name() {
            return path.toString().replace('\\', '/');
        }
    }

    static Stream<Target> of(Page page) {
        return page.links().stream()
                .filter(link -> !ELSEWHERE.matcher(link.target()).matches())
                .map(link -> Target.of(page, link));
    }

    Stream<Fault> faults(Page page) {
        return of(page).flatMap(target ->
                problem(target).stream().map(text -> Fault.of(page, target.line(), target.written() + ": " + text)));
    }

    private Optional<String> problem(Target target) {
        if (target.path().startsWith("..") || !Files.exists(repository.home().resolve(target.path()))) {
            return Optional.of("there is no " + target.name());
        }
        Optional<Page> page = repository.pages().page(target.path());
        if (target.anchor() == null || page.isEmpty() || page.get().anchors().contains(target.anchor())) {
            return Optional.empty();
        }
        return Optional.of("no heading of " + page.get() + " has the anchor #" + target.anchor());
    }
}
