package dev.gserver.tools.diff;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * What the chapter of the later stage says about the files that change, as HTML.
 *
 * @param chapter the link to the chapter; empty where there are no remarks
 * @param byName the remarks by what their headings name: a file, or the end of its path
 */
record Remarks(String chapter, Map<String, String> byName) {
    private static final int SECTION_LEVEL = 2;
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).build();

    /** Empty where the stages are not neighbours, or there is no such chapter or section. */
    static Remarks read(Project project, Stage from, Stage to) {
        Path file = project.home().resolve(project.texts().page("docs/" + to.name() + ".md"));
        Map<String, String> byName = new LinkedHashMap<>();
        if (to.number() - from.number() == 1 && Files.isRegularFile(file)) {
            collect(
                    Parser.builder().build().parse(Folders.read(file)),
                    new Links(file.toUri()),
                    project.texts().get("diff.section"),
                    byName);
            return new Remarks(byName.isEmpty() ? "" : file.toUri().toString(), byName);
        }
        return new Remarks("", byName);
    }

    private static void collect(Node document, Links links, String section, Map<String, String> byName) {
        boolean inSection = false;
        List<String> names = List.of();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() <= SECTION_LEVEL) {
                inSection = heading.getFirstChild() instanceof Text text
                        && text.getLiteral().equals(section);
                names = List.of();
            } else if (node instanceof Heading heading && heading.getLevel() == SECTION_LEVEL + 1) {
                names = inSection ? filesIn(heading) : List.of();
            } else if (!names.isEmpty()) {
                node.accept(links);
                String html = RENDERER.render(node);
                names.forEach(name -> byName.merge(name, html, String::concat));
            }
        }
    }

    private static List<String> filesIn(Heading heading) {
        List<String> files = new ArrayList<>();
        for (Node part = heading.getFirstChild(); part != null; part = part.getNext()) {
            if (part instanceof Code code) {
                files.add(code.getLiteral());
            }
        }
        return files;
    }

    /** The remark on the file at {@code path}; "" where there is none. */
    String on(String path) {
        return byName.entrySet().stream()
                .filter(entry -> ("/" + path).endsWith("/" + entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
    }

    /** Has links lead from the page to where they lead from the chapter; of others than to pages and files the label stays. */
    private static final class Links extends AbstractVisitor {
        private final URI chapter;

        Links(URI chapter) {
            this.chapter = chapter;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            URI target = chapter.resolve(link.getDestination());
            if (List.of("http", "https", "file").contains(target.getScheme())) {
                link.setDestination(target.toString());
                return;
            }
            while (link.getFirstChild() != null) {
                link.insertBefore(link.getFirstChild());
            }
            link.unlink();
        }
    }
}
