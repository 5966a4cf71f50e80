package dev.gserver.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gserver.tools.common.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static Copy copy;
    private static Document page;

    @BeforeAll
    static void makeThePage() throws IOException {
        copy = Copy.of(folder, "stage3-threadpool", "stage4-send");
        copy.append("stage4-send/src/main/java/dev/gserver/GServer.java", EVIL + "\n");
        copy.write("docs/stage4-send.md", """
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
        copy.diff("3", "4", "--html", "page.html");
        page = Jsoup.parse(copy.path("page.html").toFile());
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
    void everyFileIsListedAndShown() {
        List<String> files = copy.diff("3", "4")
                .lines()
                .filter(line -> line.matches("  \\+\\d+ +-\\d+ +(changed|new|gone) .*"))
                .map(line -> line.replaceFirst(".* ", ""))
                .toList();

        assertThat(page.select(".files a").eachText()).containsExactlyInAnyOrderElementsOf(files);
        for (Element link : page.select(".files a")) {
            Element section = page.getElementById(link.attr("href").substring(1));
            assertThat(section.selectFirst(".title").text()).startsWith(link.text() + " ");
        }
        assertThat(page.select("section.file")).hasSameSizeAs(files);
    }

    @Test
    void theNumbersAreThoseOfTheText() {
        String all = page.selectFirst("header p").text();
        String text = copy.diff("3", "4")
                .lines()
                .filter(line -> line.contains("in all"))
                .findFirst()
                .orElseThrow();
        String[] numbers = text.strip().split(" +");

        assertThat(all).contains(numbers[0] + " " + numbers[1].replace('-', '\u2212') + " lines.");
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
        assertThat(remark.select("a").eachAttr("href")).containsExactly("docs/notes-map.md#top");
    }

    @Test
    void aRemarkStandsAtItsOwnFile() {
        assertThat(remark("ServerConfig.java").text()).isEqualTo("The remark on the configuration.");
        assertThat(page.select("aside")).hasSize(2);
    }

    @Test
    void wordsThatDifferAreMarked() {
        assertThat(section("GServer.java").select("td ins").eachText())
                .contains("sendQueue")
                .doesNotContain("ThreadPool");
        assertThat(section("GServer.java").select("td del").eachText()).contains("GServer::log");
    }

    @Test
    void oldAndNewStandSideBySide() {
        assertThat(section("GServer.java").select(".change tr")).anySatisfy(row -> {
            assertThat(row.child(1).text()).contains("receiveQueue, dispatcher, GServer::log)");
            assertThat(row.child(3).text()).contains("receiveQueue, dispatcher, sendQueue)");
        });
    }

    @Test
    void newPackagesAreFoldedAndInOneColumn() {
        assertThat(page.select("details.package[open]")).isEmpty();
        assertThat(page.select("details.package summary b").eachText()).contains("dev.gserver.send");
        assertThat(section("Outbox.java").select("tr"))
                .allSatisfy(row -> assertThat(row.children()).hasSize(2));
    }

    @Test
    void linesFarFromAChangeAreFolded() {
        assertThat(section("GServer.java").select("details.fold summary").eachText())
                .allSatisfy(text -> assertThat(text).matches("\\d+ lines unchanged"))
                .isNotEmpty();
    }

    /** What only a browser knows: keys, widths, places, colours. A script at the end of the page looks, and says. */
    @ParameterizedTest
    @ValueSource(strings = {"--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"})
    void aBrowserShowsIt(String colours) throws IOException {
        Path checked = folder.resolve("checked.html");
        String script = new String(
                DiffPageTest.class.getResourceAsStream("look-at-page.js").readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(checked, Files.readString(copy.path("page.html")) + "<script>" + script + "</script>");

        Document seen = Jsoup.parse(dump(browser(), checked, colours));

        boolean dark = colours.endsWith("0");
        assertThat(seen.select("pre").text().lines())
                .hasSizeGreaterThan(7)
                .allMatch(line -> line.startsWith("ok "), "is ok")
                .contains("ok background " + (dark ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)"));
    }

    private static String browser() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
        Optional<String> browser = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .flatMap(path -> names.stream().map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (browser.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("expected a browser, one of %s, on the path: with CI=true nothing is left out", names);
        }
        assumeTrue(browser.isPresent(), "there is no chromium");
        return browser.orElseThrow();
    }

    private static String dump(String browser, Path file, String option) throws IOException {
        List<String> command = new ArrayList<>(List.of(browser, option));
        command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"));
        command.addAll(
                List.of("--disable-background-networking", "--disable-component-update", "--window-size=1440,900"));
        command.addAll(List.of(
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                file.toUri().toString()));
        Process process =
                Child.of(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
