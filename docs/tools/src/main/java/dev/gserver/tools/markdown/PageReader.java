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
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
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
final class PageReader extends AbstractVisitor {
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
    private int depth; // how many quotations the walk is in
    private StringBuilder shown = new StringBuilder(); // of the last heading, what a reader sees

    PageReader(String text) {
        this.text = text;
    }

    Page read(String name) {
        PARSER.parse(text).accept(this);
        return new Page(name, fences, headings, links, codes, quotes, rows, anchors, misplaced);
    }

    /** The line where {@code node} begins; the first line of the text is number 1. */
    private static int line(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    @Override
    public void visit(BlockQuote quote) {
        int before = codes.size();
        depth++;
        visitChildren(quote);
        depth--;
        List<Inline> inside = codes.subList(before, codes.size());
        quotes.add(new Page.Quote(line(quote), inside.stream().map(Inline::text).toList()));
    }

    @Override
    public void visit(FencedCodeBlock block) {
        if (depth > 0) {
            misplaced.add(new Inline(line(block), "a fenced block inside a quotation is not checked; put it outside"));
        } else {
            fences.add(new Fence(
                    line(block),
                    block.getInfo().strip(),
                    block.getLiteral().lines().toList()));
        }
    }

    @Override
    public void visit(Heading heading) {
        shown = new StringBuilder();
        visitChildren(heading);
        String anchor = generator.generateId(shown.toString().toLowerCase(Locale.ROOT)); // the library asks the locale
        anchors.add(anchor);
        headings.add(new Page.Heading(line(heading), heading.getLevel(), anchor));
    }

    @Override
    public void visit(Text part) {
        shown.append(part.getLiteral());
    }

    @Override
    public void visit(Code code) {
        shown.append(code.getLiteral());
        codes.add(new Inline(line(code), code.getLiteral()));
    }

    @Override
    public void visit(Paragraph paragraph) {
        if (text.startsWith("|", paragraph.getSourceSpans().get(0).getInputIndex())) {
            misplaced.add(new Inline(line(paragraph), "a row outside of a table; expected no blank line above"));
        }
        visitChildren(paragraph);
    }

    @Override
    public void visit(Link link) {
        links.add(new Inline(line(link), link.getDestination()));
        visitChildren(link);
    }

    @Override
    public void visit(Image image) {
        links.add(new Inline(line(image), image.getDestination()));
        visitChildren(image);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        links.add(new Inline(line(definition), definition.getDestination()));
    }

    @Override
    public void visit(HtmlInline html) {
        readHtml(line(html), html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        readHtml(line(html), html.getLiteral());
    }

    private void readHtml(int line, String html) {
        Matcher link = HTML_LINK.matcher(html);
        while (link.find()) {
            int above = html.substring(0, link.start()).split("\n", -1).length - 1;
            links.add(new Inline(line + above, link.group(1)));
        }
        HTML_ANCHOR.matcher(html).results().forEach(anchor -> anchors.add(anchor.group(1)));
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableRow && node.getParent() instanceof TableBody) {
            List<String> cells = new ArrayList<>();
            for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
                cells.add(cell.getSourceSpans().stream()
                        .map(this::source)
                        .collect(Collectors.joining())
                        .strip());
            }
            rows.add(new Page.Row(line(node), cells));
        }
        visitChildren(node);
    }

    private String source(SourceSpan span) {
        return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
    }
}
