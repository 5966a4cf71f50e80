package dev.gserver.tools.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import dev.gserver.tools.markdown.Page.Inline;
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
    @DisplayName("fences: their lines as they are shown, also in a list, also other fences; not those in quotations")
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
                """);
        assertThat(page.fences())
                .containsExactly(
                        new Fence(3, "java stage1 X.java", List.of("if (a) {", "    b();")),
                        new Fence(8, "markdown", List.of("```console run 20", "$ true", "```")));
        assertThat(page.misplaced()).extracting(Inline::line).containsExactly(14);
    }
}
