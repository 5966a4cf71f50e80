package dev.gserver.tools.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import dev.gserver.tools.markdown.Page.Inline;
import dev.gserver.tools.markdown.Page.Quote;
import dev.gserver.tools.markdown.Page.Row;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    @DisplayName("headings have the anchors that GitHub gives them, in English and Chinese, in any locale")
    void anchors() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            Page page = Page.of("x.md", """
                    # It's `GServer.java`, and *more* of [IT](x.md)!
                    ## 一个端口，六步
                    ## Why_so - why?
                    ## 一个端口，六步
                    """);
            assertThat(page.headings())
                    .extracting(Heading::anchor)
                    .containsExactly("its-gserverjava-and-more-of-it", "一个端口六步", "why_so---why", "一个端口六步-1");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName(
            "fences: their lines as they are shown, also in a list, folded, and other fences; not those in quotations")
    void fences() {
        Page page = Page.of("x.md", """
                - a list

                  ```java stage1 X.java
                  if (a) {
                      b();
                  ```

                ````markdown
                ```console run 20
                $ true
                ```
                ````

                > ~~~
                > quoted
                > ~~~

                <details>
                <summary>The code</summary>

                ```java stage1 Y.java
                c();
                ```

                </details>

                ```
                open
                ```
                """);
        assertThat(page.fences())
                .containsExactly(
                        new Fence(3, "java stage1 X.java", List.of("if (a) {", "    b();"), false),
                        new Fence(8, "markdown", List.of("```console run 20", "$ true", "```"), false),
                        new Fence(21, "java stage1 Y.java", List.of("c();"), true),
                        new Fence(27, "", List.of("open"), false));
        assertThat(page.misplaced()).extracting(Inline::line).containsExactly(14);
    }

    @Test
    @DisplayName("links, images, code and HTML, each with its line, wherever they stand")
    void inline() {
        Page page = Page.of("x.md", """
                A [link
                over lines](a.md#b) and `code
                too`, `[no link](x)`.

                | column |
                |---|
                | `cell \\| x` [in](cell.md) |

                <p>
                <a id="here" href="html.md">
                </p>

                > `./course learn 1`, over
                > two lines: `b`

                ## ![picture](p.png)
                """);
        assertThat(page.links())
                .containsExactly(
                        new Inline(1, "a.md#b"),
                        new Inline(7, "cell.md"),
                        new Inline(10, "html.md"),
                        new Inline(16, "p.png"));
        assertThat(page.codes())
                .containsExactly(
                        new Inline(2, "code too"),
                        new Inline(3, "[no link](x)"),
                        new Inline(7, "cell | x"),
                        new Inline(13, "./course learn 1"),
                        new Inline(14, "b"));
        assertThat(page.quotes()).containsExactly(new Quote(13, List.of("./course learn 1", "b")));
        assertThat(page.rows()).containsExactly(new Row(7, List.of("`cell \\| x` [in](cell.md)")));
        assertThat(page.anchors()).contains("here");
    }
}
