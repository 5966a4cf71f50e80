package dev.gserver.tools.check;

import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.demo.Narration;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A page and its translation have the same blocks and as many headings, and each links to the other near the top. A
 * command of a translation may have --zh: then what it prints to learners is Chinese.
 */
record Twins(Repository repository) {
    static final String IN_CHINESE = " --zh";

    private static final int NEAR_THE_TOP = 10;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final String PROMPT = "$ ";

    Stream<Fault> faults() {
        List<Page> pages = repository.pages();
        boolean translated = pages.stream().anyMatch(Repository::isTranslation);
        List<String> expected = pages.stream()
                .flatMap(page -> Repository.translationOf(page).stream())
                .toList();
        return pages.stream().flatMap(page -> {
            Optional<String> name = Repository.translationOf(page);
            Optional<Page> twin = name.map(Path::of).flatMap(repository::page);
            if (twin.isPresent()) {
                return compare(page, twin.get());
            }
            if (Repository.isTranslation(page) && !expected.contains(page.name())) {
                return fault(page, 1, "is the translation of no page");
            }
            return name.isPresent() && translated
                    ? fault(page, 1, "has no translation; expected " + name.get())
                    : Stream.of();
        });
    }

    private static Stream<Fault> fault(Page page, int line, String text) {
        return Stream.of(Fault.of(page, line, text));
    }

    private static Stream<Fault> compare(Page page, Page twin) {
        Map<Integer, Long> headings = headings(page);
        Map<Integer, Long> theirs = headings(twin);
        String text = "headings by level are " + theirs + ", in " + page + " " + headings;
        return Stream.of(
                        blocks(page, twin),
                        headings.equals(theirs) ? Stream.<Fault>of() : fault(twin, 1, text),
                        link(page, twin),
                        link(twin, page))
                .flatMap(faults -> faults);
    }

    private static Stream<Fault> blocks(Page page, Page twin) {
        List<Fence> ours = page.fences();
        List<Fence> theirs = twin.fences();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!comparable(ours.get(i)).equals(comparable(theirs.get(i))) && !isChinese(ours.get(i), theirs.get(i))) {
                String text =
                        "this block is not that of " + page + ":" + ours.get(i).line();
                return fault(twin, theirs.get(i).line(), text);
            }
        }
        String text = theirs.size() + " blocks, in " + page + " " + ours.size();
        return ours.size() == theirs.size() ? Stream.of() : fault(twin, 1, text);
    }

    /** What has to be the same: all of a block but its # comments; of a picture, the first line. */
    private static String comparable(Fence fence) {
        return fence.word(0).equals("mermaid")
                ? fence.info()
                : fence.info() + String.join("\n", fence.lines()).replaceAll("(?m)(^|[ \t]+)# .*|[ \t]+$", "");
    }

    /** Whether a block, of which nothing is run, differs by --zh alone. What the demos say is there as they say it. */
    private static boolean isChinese(Fence ours, Fence theirs) {
        if (ours.info().equals(theirs.info()) && ours.word(1).equals("mistake")) {
            return true; // ./course mistakes compares both
        }
        List<String> wanted = new ArrayList<>();
        Narration narration = new Narration();
        ours.lines().forEach(line -> narration.line(line, wanted::add));
        List<String> lines = theirs.lines();
        return ours.info().equals("console")
                && theirs.info().equals("console")
                && wanted.size() == lines.size()
                && lines.stream().anyMatch(line -> line.startsWith(PROMPT) && line.endsWith(IN_CHINESE))
                && IntStream.range(0, lines.size()).allMatch(i -> isChinese(wanted.get(i), lines.get(i)));
    }

    private static boolean isChinese(String wanted, String line) {
        return line.equals(wanted)
                || (wanted.startsWith(PROMPT)
                        ? line.equals(wanted + IN_CHINESE)
                        : HAN.matcher(line).find() && !HAN.matcher(wanted).find());
    }

    private static Map<Integer, Long> headings(Page page) {
        return page.headings().stream()
                .collect(Collectors.groupingBy(Heading::level, TreeMap::new, Collectors.counting()));
    }

    private static Stream<Fault> link(Page page, Page twin) {
        boolean is = page.links().stream()
                .filter(link -> link.line() <= NEAR_THE_TOP)
                .anyMatch(link -> References.target(page, link)
                        .filter(twin.path()::equals)
                        .isPresent());
        return is ? Stream.of() : fault(page, 1, "no link to " + twin + " in the first " + NEAR_THE_TOP + " lines");
    }
}
