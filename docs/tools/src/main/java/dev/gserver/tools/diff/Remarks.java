package dev.gserver.tools.diff;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    private static final String SECTION = "What changed outside the package";
    private static final int SECTION_LEVEL = 2;
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).build();

    /** Empty where the stages are not neighbours, or there is no such chapter or section. */
    static Remarks read(Project project, Stage from, Stage to, Path pageFolder) {
        Path file = project.docs().resolve(to.name() + ".md");
        Map<String, String> byName = new LinkedHashMap<>();
        if (to.number() - from.number() == 1 && Files.isRegularFile(file)) {
            Links links = new Links(file, pageFolder);
            collect(Parser.builder().build().parse(Folders.read(file)), links, byName);
            return new Remarks(byName.isEmpty() ? "" : links.resolve(""), byName);
        }
        return new Remarks("", byName);
    }

    private static void collect(Node document, Links links, Map<String, String> byName) {
        boolean inSection = false;
        List<String> names = List.of();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() <= SECTION_LEVEL) {
                inSection = isSection(heading);
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

    private static boolean isSection(Heading heading) {
        return heading.getFirstChild() instanceof Text text && text.getLiteral().equals(SECTION);
    }

    private static List<String> filesIn(Heading heading) {
        List<String> files = new ArrayList<>();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Code code) {
                files.add(code.getLiteral());
            }
        });
        return files;
    }

    /** The remark on the file at {@code path}; "" where there is none. */
    String on(String path) {
        return byName.entrySet().stream()
                .filter(entry -> ("/" + path).endsWith("/" + entry.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());
    }

    /** Has links lead from the page to where they lead from the chapter. */
    private static final class Links extends AbstractVisitor {
        private final Path chapter;
        private final Path pageFolder;

        Links(Path chapter, Path pageFolder) {
            this.chapter = chapter;
            this.pageFolder = pageFolder;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String target = resolve(link.getDestination());
            if (!target.isEmpty()) {
                link.setDestination(target);
                return;
            }
            while (link.getFirstChild() != null) { // the label alone
                link.insertBefore(link.getFirstChild());
            }
            link.unlink();
        }

        /** "" for a link that is neither to a page nor to a file. */
        String resolve(String target) {
            if (target.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
                return target.matches("https?://.*") ? target : "";
            }
            String path = target.replaceFirst("#.*", "");
            Path file = path.isEmpty() ? chapter : chapter.resolveSibling(path).normalize();
            String anchor = target.substring(path.length());
            if (!file.getRoot().equals(pageFolder.getRoot())) { // another drive
                return file.toUri() + anchor;
            }
            String relative = Folders.slashes(pageFolder.relativize(file));
            return URLEncoder.encode(relative, StandardCharsets.UTF_8)
                            .replace("%2F", "/")
                            .replace("+", "%20")
                    + anchor;
        }
    }
}
