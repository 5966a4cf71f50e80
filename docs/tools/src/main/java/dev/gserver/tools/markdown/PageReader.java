package dev.gserver.tools.markdown;

import dev.gserver.tools.markdown.Page.Heading;
import dev.gserver.tools.markdown.Page.Inline;
import dev.gserver.tools.markdown.Page.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;

/** Walks over one page and notes what a {@link Page} holds. */
final class PageReader extends AbstractVisitor {
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src|srcset)=\"([^\"\\s]+)[^\"]*\"");
    private static final Pattern HTML_ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    private final String text;
    private final List<Fence> fences = new ArrayList<>();
    private final List<Heading> headings = new ArrayList<>();
    private final List<Page.Link> links = new ArrayList<>();
    private final List<Inline> codes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> anchors = new HashSet<>();
    private final List<Inline> misplaced = new ArrayList<>();
    private final Anchors generator = new Anchors();

    PageReader(String text) {
        this.text = text;
    }

    Page read(String name) {
        Markdown.parse(text).accept(this);
        return new Page(name, fences, headings, links, codes, rows, anchors, misplaced);
    }

    @Override
    public void visit(FencedCodeBlock block) {
        int line = Markdown.line(block);
        if (isQuoted(block)) {
            misplaced.add(new Inline(line, "a fenced block inside a quotation is not checked; put it outside"));
        } else {
            fences.add(new Fence(
                    line, block.getInfo().strip(), block.getLiteral().lines().toList()));
        }
    }

    private static boolean isQuoted(Node block) {
        return Stream.iterate(block, node -> node != null, Node::getParent).anyMatch(BlockQuote.class::isInstance);
    }

    @Override
    public void visit(org.commonmark.node.Heading heading) {
        String shown = Markdown.plainText(heading);
        String anchor = generator.next(shown);
        anchors.add(anchor);
        headings.add(new Heading(Markdown.line(heading), heading.getLevel(), shown, anchor));
        visitChildren(heading);
    }

    @Override
    public void visit(Paragraph paragraph) {
        SourceSpan first = paragraph.getSourceSpans().get(0);
        if (text.startsWith("|", first.getInputIndex())) {
            misplaced.add(
                    new Inline(first.getLineIndex() + 1, "a row outside of a table; expected no blank line above"));
        }
        visitChildren(paragraph);
    }

    @Override
    public void visit(Link link) {
        links.add(new Page.Link(Markdown.line(link), link.getDestination()));
        visitChildren(link);
    }

    @Override
    public void visit(Image image) {
        links.add(new Page.Link(Markdown.line(image), image.getDestination()));
        visitChildren(image);
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
        links.add(new Page.Link(Markdown.line(definition), definition.getDestination()));
    }

    @Override
    public void visit(Code code) {
        codes.add(new Inline(Markdown.line(code), code.getLiteral()));
    }

    @Override
    public void visit(HtmlInline html) {
        readHtml(Markdown.line(html), html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        readHtml(Markdown.line(html), html.getLiteral());
    }

    private void readHtml(int line, String html) {
        Matcher link = HTML_LINK.matcher(html);
        while (link.find()) {
            int above = (int) html.substring(0, link.start())
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            links.add(new Page.Link(line + above, link.group(1)));
        }
        HTML_ANCHOR.matcher(html).results().forEach(anchor -> anchors.add(anchor.group(1)));
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableRow && node.getParent() instanceof TableBody) {
            List<String> cells = new ArrayList<>();
            for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
                cells.add(source(cell).strip());
            }
            rows.add(new Row(Markdown.line(node), cells));
        }
        visitChildren(node);
    }

    private String source(Node node) {
        StringBuilder source = new StringBuilder();
        for (SourceSpan span : node.getSourceSpans()) {
            source.append(text, span.getInputIndex(), span.getInputIndex() + span.getLength());
        }
        return source.toString();
    }
}
