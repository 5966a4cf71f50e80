package dev.gserver.tools.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.common.Texts;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of ./course race in a real browser. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a browser that hangs
class RacePageTest {
    /** A window of the browser cannot be as narrow as a telephone; a frame can. */
    private static final String FRAME =
            "<body><iframe style='width:%spx; height:900px; border:0' srcdoc='%s'></iframe>";

    private static final String EVIL = "</script><img src=x onerror='broken=1'>";

    @TempDir
    private Path folder;

    private RaceTree tree;

    @BeforeEach
    void makeTree() throws Exception {
        tree = new RaceTree(folder);
    }

    @ParameterizedTest
    @CsvSource({"1, bright, 1400", "0, dark, 1400", "1, bright, 360", "0, dark, 360"})
    @DisplayName(
            "steps forwards and backwards, with the line of each in both versions; wide and narrow, light and dark")
    void stepsThrough(String scheme, String brightness, String width) throws Exception {
        Race race = RaceTree.race("mailbox.size()\"", "mailbox.size() " + EVIL + "\"");
        String script = Template.text(Tool.class, "look.js") + Template.text(RacePageTest.class, "look-at-sample.js");
        String content = new RacePage(tree.project(), race).html() + "<script>" + script + "</script>";
        Path page = folder.resolve("page.html");
        Folders.write(
                page, String.format(FRAME, width, content.replace("&", "&amp;").replace("'", "&#39;")));
        assertThat(Tool.findings(page, "", "--blink-settings=preferredColorScheme=" + scheme))
                .hasSizeGreaterThan(20)
                .contains("ok " + brightness + " " + width);
    }

    @Test
    @DisplayName("in Chinese around the steps")
    void isChinese() throws Exception {
        Path page = folder.resolve("page.html");
        Folders.write(page, new RacePage(tree.project().in(Texts.CHINESE), RaceTree.race()).html());
        Document seen = Jsoup.parse(Tool.look(page, "choose(0);"));
        assertThat(seen.title()).isEqualTo("give-back-split：竞态的每一步");
        assertThat(seen.select("#where").text()).startsWith("第 1 步，共 ");
        assertThat(seen.select(".sides h2").eachText()).containsExactly("错误版本", "正确版本");
        assertThat(seen.select(".end b").eachText()).containsExactly("期望：", "实际：", "丢失：");
    }
}
