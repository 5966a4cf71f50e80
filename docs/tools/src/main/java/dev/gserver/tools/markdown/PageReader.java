package dev.gserver.tools.markdown;

import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Inline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Walks over one page and notes what a {@link Page} holds. */
final class PageReader {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src|srcset)=\"([^\"\\s]+)[^\"]*\"");
    private static final Pattern HTML_ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    private final String text;
    private final List<Fence> fences = new ArrayList<>();
    private final List<Page.Heading> headings = new ArrayList<>();
    private final List<Inline> links = new ArrayList<>();
    private final List<Inline> codes = new ArrayList<>();
    private final List<Page.Quote> quotes = new ArrayList<>();
    private final List<Page.Row> rows = new ArrayList<>();
    private final Set<String> anchors = new HashSet<>();
    private final List<Inline> misplaced = new ArrayList<>();
    private final IdGenerator generator = IdGenerator.builder().defaultId("").build();
    private int folds; // how many elements details the walk is in
    private final StringBuilder shown = new StringBuilder(); // of the last heading, what a reader sees

    PageReader(String text) {
        this.text = text;
    }

    Page read(String name) {
        walk(PARSER.parse(text), false);
        return new Page(name, fences, headings, links, codes, quotes, rows, anchors, misplaced);
    }

    /** The line where {@code node} begins; the first line of the text is number 1. */
    private static int line(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    private void walk(Node node, boolean isQuoted) {
        if (node instanceof Heading) {
            shown.setLength(0);
        }
        int before = codes.size();
        readBlock(node, isQuoted);
        readInline(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child, isQuoted || node instanceof BlockQuote);
        }
        if (node instanceof BlockQuote) {
            List<Inline> inside = codes.subList(before, codes.size());
            quotes.add(
                    new Page.Quote(line(node), inside.stream().map(Inline::text).toList()));
        } else if (node instanceof Heading heading) {
            String anchor =
                    generator.generateId(shown.toString().toLowerCase(Locale.ROOT)); // the library asks the locale
            anchors.add(anchor);
            headings.add(new Page.Heading(line(heading), heading.getLevel(), anchor));
        }
    }

    private void readBlock(Node node, boolean isQuoted) {
        if (node instanceof FencedCodeBlock block && isQuoted) {
            misplaced.add(new Inline(line(block), "a fenced block inside a quotation is not checked; put it outside"));
        } else if (node instanceof FencedCodeBlock block) {
            fences.add(new Fence(
                    line(block),
                    block.getInfo().strip(),
                    block.getLiteral().lines().toList(),
                    folds > 0));
        } else if (node instanceof Paragraph
                && text.startsWith("|", node.getSourceSpans().get(0).getInputIndex())) {
            misplaced.add(new Inline(line(node), "a row outside of a table; expected no blank line above"));
        } else if (node instanceof HtmlBlock html) {
            folds += html.getLiteral().split("<details>", -1).length
                    - html.getLiteral().split("</details>", -1).length;
            readHtml(line(html), html.getLiteral());
        } else if (node instanceof TableRow && node.getParent() instanceof TableBody) {
            readRow(node);
        }
    }

    private void readInline(Node node) {
        if (node instanceof Text part) {
            shown.append(part.getLiteral());
        } else if (node instanceof Code code) {
            shown.append(code.getLiteral());
            codes.add(new Inline(line(code), code.getLiteral()));
        } else if (node instanceof Link link) {
            links.add(new Inline(line(link), link.getDestination()));
        } else if (node instanceof Image image) {
            links.add(new Inline(line(image), image.getDestination()));
        } else if (node instanceof LinkReferenceDefinition definition) {
            links.add(new Inline(line(definition), definition.getDestination()));
        } else if (node instanceof HtmlInline html) {
            readHtml(line(html), html.getLiteral());
        }
    }

    private void readHtml(int line, String html) {
        Matcher link = HTML_LINK.matcher(html);
        while (link.find()) {
            int above = html.substring(0, link.start()).split("\n", -1).length - 1;
            links.add(new Inline(line + above, link.group(1)));
        }
        HTML_ANCHOR.matcher(html).results().forEach(anchor -> anchors.add(anchor.group(1)));
    }

    private void readRow(Node row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            cells.add(cell.getSourceSpans().stream()
                    .map(this::source)
                    .collect(Collectors.joining())
                    .strip());
        }
        rows.add(new Page.Row(line(row), cells));
    }

    private String source(SourceSpan span) {
        return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
    }
}
