package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Fence;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Heading;
import dev.gserver.tools.markdown.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A page and its translation have the same blocks and as many headings, and each links to the other near the top.
 *
 * @param isChosen whose faults are told
 */
record Twins(Pages pages, Predicate<String> isChosen) implements Check {
    private static final int NEAR_THE_TOP = 10;

    @Override
    public List<Verdict> verdicts() {
        List<Fault> faults = new ArrayList<>();
        List<Page> paired = new ArrayList<>();
        for (Page page : pages.all()) {
            Optional<Path> path = pages.translationOf(page);
            Optional<Page> twin = path.flatMap(pages::page);
            if (twin.isPresent()) {
                paired.add(twin.get());
                compare(page, twin.get(), faults);
            } else if (path.isPresent() && pages.hasTranslations()) {
                String expected = path.get().toString().replace('\\', '/');
                faults.add(Fault.of(page, 1, "has no translation; expected " + expected));
            }
        }
        pages.all().stream()
                .filter(page -> pages.isTranslation(page) && !paired.contains(page))
                .forEach(page -> faults.add(Fault.of(page, 1, "is the translation of no page")));
        faults.removeIf(fault -> !isChosen.test(fault.file()));
        return List.of(Verdict.of("both languages have the same blocks and headings", faults));
    }

    private static void compare(Page page, Page twin, List<Fault> faults) {
        compareBlocks(page, twin, faults);
        Map<Integer, Long> headings = headings(page);
        if (!headings.equals(headings(twin))) {
            String text = "headings by level are " + headings(twin) + ", in " + page + " " + headings;
            faults.add(Fault.of(twin, 1, text));
        }
        checkLink(page, twin, faults);
        checkLink(twin, page, faults);
    }

    private static void compareBlocks(Page page, Page twin, List<Fault> faults) {
        int both = Math.min(page.fences().size(), twin.fences().size());
        for (int number = 0; number < both; number++) {
            Fence fence = page.fences().get(number);
            Fence other = twin.fences().get(number);
            if (!fence.info().equals(other.info()) || !comparable(fence).equals(comparable(other))) {
                String text = "this block is not that of " + page + ":" + fence.line();
                faults.add(Fault.of(twin, other.line(), text));
                return;
            }
        }
        if (page.fences().size() != twin.fences().size()) {
            String text = twin.fences().size() + " blocks, in " + page + " "
                    + page.fences().size();
            faults.add(Fault.of(twin, 1, text));
        }
    }

    /** What has to be the same: all of a block but its # comments; of a picture, nothing. */
    private static List<String> comparable(Fence fence) {
        return fence.lines().stream()
                .filter(line -> !fence.language().equals("mermaid"))
                .map(line -> line.replaceFirst("(^|\\s)# .*", "").stripTrailing())
                .toList();
    }

    private static Map<Integer, Long> headings(Page page) {
        return page.headings().stream()
                .collect(Collectors.groupingBy(Heading::level, TreeMap::new, Collectors.counting()));
    }

    private static void checkLink(Page page, Page twin, List<Fault> faults) {
        boolean linked = Links.of(page)
                .anyMatch(link -> link.line() <= NEAR_THE_TOP && link.path().equals(twin.path()));
        if (!linked) {
            faults.add(Fault.of(page, 1, "no link to " + twin + " in the first " + NEAR_THE_TOP + " lines"));
        }
    }
}
