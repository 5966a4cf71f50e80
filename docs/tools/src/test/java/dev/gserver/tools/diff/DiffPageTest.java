package dev.gserver.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffPageTest {
    private static final String EVIL = "// </td></table><script>document.title = \"code was run\";</script><img src=x>";

    @TempDir
    private static Path folder;

    private static Document page;

    @BeforeAll
    static void makeThePage() throws IOException {
        for (String stage : List.of("stage3-threadpool/src", "stage4-send/src")) {
            Folders.copy(Project.ofProgram().home().resolve(stage), folder.resolve(stage));
        }
        Path server = folder.resolve("stage4-send/src/main/java/dev/gserver/GServer.java");
        Folders.write(server, Folders.read(server) + EVIL + "\n");
        Folders.write(folder.resolve("docs/stage4-send.md"), """
                # A chapter

                ### `Demo.java`

                This is not a remark.

                ## What changed outside the package

                ### `GServer.java`

                The *first* remark, with `sendQueue::send`, [a link](notes-map.md#top) and [another](javascript:alert(1)).

                Its **second** paragraph: <script>document.title = "remark was run";</script> a < b.

                ### `ServerConfig.java`

                The remark on the configuration.

                ## Afterwards

                ### `Narrator.java`

                This is not a remark either.
                """);
        diff("--html", "page.html");
        page = Jsoup.parse(folder.resolve("page.html").toFile());
    }

    private static String diff(String... words) {
        String[] all =
                Stream.concat(Stream.of("diff", "3", "4"), Stream.of(words)).toArray(String[]::new);
        return Tool.call(folder, all).out();
    }

    private static Element section(String name) {
        return page.select("section.file").stream()
                .filter(section -> section.selectFirst(".title").text().contains("/" + name + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section for " + name));
    }

    private static Element remark(String name) {
        return section(name).selectFirst("aside");
    }

    @Test
    void everyFileIsListedAndShownWithTheNumbersOfTheText() {
        List<String> lines = diff().lines()
                .filter(line -> line.matches("  \\+\\d+ +-\\d+ .*"))
                .toList();
        List<String> files = lines.stream()
                .limit(lines.size() - 1)
                .map(line -> line.replaceFirst(".* ", ""))
                .toList();
        assertThat(page.select(".files a").eachText()).containsExactlyInAnyOrderElementsOf(files);
        for (Element link : page.select(".files a")) {
            Element section = page.getElementById(link.attr("href").substring(1));
            assertThat(section.selectFirst(".title").text()).startsWith(link.text() + " ");
        }
        assertThat(page.select("section.file")).hasSameSizeAs(files);
        String[] all = lines.get(lines.size() - 1).strip().split(" +");
        assertThat(page.selectFirst("header p").text())
                .contains(all[0] + " " + all[1].replace('-', '\u2212') + " lines.");
    }

    @Test
    void whatCodeAndRemarksContainStaysText() {
        assertThat(section("GServer.java").text()).contains(EVIL.substring(3));
        assertThat(page.select("script")).hasSize(1);
        assertThat(page.select("img, link, iframe, [src]")).isEmpty();
        assertThat(page.title()).isEqualTo("stage3-threadpool → stage4-send");
    }

    @Test
    void aRemarkIsMarkdown() {
        Element remark = remark("GServer.java");

        assertThat(remark.select("p")).hasSize(2);
        assertThat(remark.select("code").eachText()).containsExactly("sendQueue::send");
        assertThat(remark.select("em").eachText()).containsExactly("first");
        assertThat(remark.select("strong").eachText()).containsExactly("second");
        assertThat(remark.text()).contains("</script> a < b.").contains("and another.");
        assertThat(remark.select("a").eachAttr("href"))
                .containsExactly(folder.toUri().resolve("docs/notes-map.md#top").toString());
        assertThat(remark("ServerConfig.java").text()).isEqualTo("The remark on the configuration.");
        assertThat(page.select("aside")).hasSize(2);
    }

    @Test
    void changesStandSideBySideWithTheirWordsMarkedAndTheRestIsFolded() {
        Element server = section("GServer.java");
        assertThat(server.select("td ins").eachText()).contains("sendQueue").doesNotContain("ThreadPool");
        assertThat(server.select("td del").eachText()).contains("GServer::log");
        assertThat(server.select(".change tr")).anySatisfy(row -> {
            assertThat(row.child(1).text()).contains("receiveQueue, dispatcher, GServer::log)");
            assertThat(row.child(3).text()).contains("receiveQueue, dispatcher, sendQueue)");
        });
        assertThat(server.select("details.fold summary").eachText())
                .allSatisfy(text -> assertThat(text).matches("\\d+ lines unchanged"))
                .isNotEmpty();
        assertThat(page.select("details.package[open]")).isEmpty();
        assertThat(page.select("details.package summary b").eachText()).contains("dev.gserver.send");
        assertThat(section("Outbox.java").select("tr"))
                .allSatisfy(row -> assertThat(row.children()).hasSize(2));
    }

    /** What only a browser knows: keys, widths, places, colours. A script at the end of the page looks, and says. */
    @ParameterizedTest
    @ValueSource(strings = {"--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"})
    void aBrowserShowsIt(String colours) throws Exception {
        String script = Template.text(DiffPageTest.class, "look.js");
        Document seen = Jsoup.parse(Tool.look(folder.resolve("page.html"), script, colours));
        String background = colours.endsWith("0") ? "rgb(23, 25, 29)" : "rgb(246, 245, 241)";
        assertThat(seen.select("pre").text().lines())
                .hasSizeGreaterThan(7)
                .allMatch(line -> line.startsWith("ok "), "is ok")
                .contains("ok background " + background);
    }
}
