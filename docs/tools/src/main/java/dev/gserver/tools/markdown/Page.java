package dev.gserver.tools.markdown;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One page of Markdown: what the tools look at, each with its line.
 *
 * @param name its path from the root of the checkout, with slashes
 * @param codes what stands in backticks
 * @param rows the rows of its tables, their headings left out
 * @param anchors where a link can lead to: its headings, and those in HTML
 * @param misplaced what would not be shown or checked where it stands
 */
public record Page(
        String name,
        List<Fence> fences,
        List<Heading> headings,
        List<Link> links,
        List<Inline> codes,
        List<Row> rows,
        Set<String> anchors,
        List<Inline> misplaced) {

    public record Heading(int line, int level, String text, String anchor) {}

    /** @param target as it is written, but for entities and backslashes */
    public record Link(int line, String target) {}

    public record Inline(int line, String text) {}

    /** @param cells as they are written, without blanks around them */
    public record Row(int line, List<String> cells) {}

    /** Reads {@code name}, a path from {@code home}. */
    public static Page read(Path home, String name) {
        return of(name, TextFile.read(home.resolve(name)));
    }

    public static Page of(String name, String text) {
        return new PageReader(text).read(name);
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
