package dev.gserver.tools.markdown;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One page of Markdown: what the tools look at, each with its line.
 *
 * @param name its path from the root of the checkout, with slashes
 * @param codes what stands in backticks
 * @param quotes its quotations, those inside others too
 * @param rows the rows of its tables, their headings left out
 * @param anchors where a link can lead to: its headings, and those in HTML
 * @param misplaced what would not be shown or checked where it stands
 */
public record Page(
        String name,
        List<Fence> fences,
        List<Heading> headings,
        List<Inline> links,
        List<Inline> codes,
        List<Quote> quotes,
        List<Row> rows,
        Set<String> anchors,
        List<Inline> misplaced) {

    public record Heading(int line, int level, String anchor) {}

    /** A piece of text; of a link the target as it is written, but for entities and backslashes. */
    public record Inline(int line, String text) {}

    /** A quotation. @param codes what stands in backticks in it */
    public record Quote(int line, List<String> codes) {}

    /** @param cells as they are written, without blanks around them */
    public record Row(int line, List<String> cells) {}

    /**
     * A fenced block.
     *
     * @param line number of the line that opens it; the first line of the page is number 1
     * @param info what follows the opening marks
     * @param isFolded whether it is shown only when a reader unfolds it, as it stands between the tags details
     */
    public record Fence(int line, String info, List<String> lines, boolean isFolded) {
        /** The word of that number in the info string; empty if there are not so many. The first is the language. */
        public String word(int number) {
            String[] words = info.split("\\s+");
            return number < words.length ? words[number] : "";
        }

        /** Whether it is a transcript that is run again. */
        public boolean isRun() {
            return word(0).equals("console") && !word(1).isEmpty();
        }

        /** Whether it is a file that the reader saves, and the commands after it use. */
        public boolean isSaved() {
            return word(1).equals("save");
        }
    }

    /** Reads {@code name}, a path from {@code home}. */
    public static Page read(Path home, String name) {
        return of(name, Folders.read(home.resolve(name)));
    }

    public static Page of(String name, String text) {
        return new PageReader(text).read(name);
    }

    /**
     * A section in the user's language: both languages have the same headings, in the same order.
     *
     * @param section a page and an anchor, such as docs/stage3-threadpool.md#giving-back
     */
    public static String section(Project project, String section) {
        String[] parts = section.split("#", 2);
        Page english = read(project.home(), parts[0]);
        String name = project.texts().page(parts[0]);
        List<Heading> headings = read(project.home(), name).headings();
        return IntStream.range(0, headings.size())
                .filter(i -> english.headings().get(i).anchor().equals(parts[1]))
                .mapToObj(i -> name + "#" + headings.get(i).anchor())
                .findFirst()
                .orElse(name);
    }

    /** The page as a path from the root of the checkout. */
    public Path path() {
        return Path.of(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
