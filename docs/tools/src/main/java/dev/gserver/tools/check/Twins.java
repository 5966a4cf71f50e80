package dev.gserver.tools.check;

import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A page and its translation have the same blocks and as many headings, and each links to the other near the top. */
final class Twins {
    private static final int NEAR_THE_TOP = 10;

    private final List<Fault> faults = new ArrayList<>();

    private Twins() {}

    static List<Fault> faults(Repository repository) {
        Twins twins = new Twins();
        List<Page> paired = new ArrayList<>();
        boolean translated = repository.pages().stream().anyMatch(Repository::isTranslation);
        for (Page page : repository.pages()) {
            Optional<String> path = Repository.translationOf(page);
            Optional<Page> twin = path.map(Path::of).flatMap(repository::page);
            if (twin.isPresent()) {
                paired.add(twin.get());
                twins.compare(page, twin.get());
            } else if (path.isPresent() && translated) {
                twins.add(page, 1, "has no translation; expected " + path.get());
            }
        }
        repository.pages().stream()
                .filter(page -> Repository.isTranslation(page) && !paired.contains(page))
                .forEach(page -> twins.add(page, 1, "is the translation of no page"));
        return twins.faults;
    }

    private void add(Page page, int line, String text) {
        faults.add(Fault.of(page, line, text));
    }

    private void compare(Page page, Page twin) {
        compareBlocks(page, twin);
        Map<Integer, Long> headings = headings(page);
        if (!headings.equals(headings(twin))) {
            add(twin, 1, "headings by level are " + headings(twin) + ", in " + page + " " + headings);
        }
        checkLink(page, twin);
        checkLink(twin, page);
    }

    private void compareBlocks(Page page, Page twin) {
        List<Fence> ours = page.fences();
        List<Fence> theirs = twin.fences();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!comparable(ours.get(i)).equals(comparable(theirs.get(i)))) {
                add(
                        twin,
                        theirs.get(i).line(),
                        "this block is not that of " + page + ":" + ours.get(i).line());
                return;
            }
        }
        if (ours.size() != theirs.size()) {
            add(twin, 1, theirs.size() + " blocks, in " + page + " " + ours.size());
        }
    }

    /** What has to be the same: all of a block but its # comments; of a picture, the first line. */
    private static String comparable(Fence fence) {
        return fence.info()
                + (fence.word(0).equals("mermaid")
                        ? ""
                        : fence.lines().stream()
                                .map(line ->
                                        line.replaceFirst("(^|\\s)# .*", "").stripTrailing())
                                .collect(Collectors.joining("\n", "\n", "")));
    }

    private static Map<Integer, Long> headings(Page page) {
        return page.headings().stream()
                .collect(Collectors.groupingBy(Heading::level, TreeMap::new, Collectors.counting()));
    }

    private void checkLink(Page page, Page twin) {
        if (page.links().stream()
                .noneMatch(link -> link.line() <= NEAR_THE_TOP
                        && References.target(page, link)
                                .filter(twin.path()::equals)
                                .isPresent())) {
            add(page, 1, "no link to " + twin + " in the first " + NEAR_THE_TOP + " lines");
        }
    }
}
