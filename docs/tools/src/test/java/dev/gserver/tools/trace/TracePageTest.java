package dev.gserver.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.notes.NotesMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The page of ./course trace in a real browser. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the browser is told what to do over pipes that a POSIX shell makes")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a browser that hangs
class TracePageTest {
    private static final int MOST_FILTER_MILLIS = 400; // of processor time for 1,000 steps, the best of five
    private static final int MOST_SCROLL_MILLIS = 50; // the same, for a screen
    private static final double LEAST_CONTRAST = 4.5; // WCAG AA, for text
    private static final Project PROJECT = Home.ofProgram().project();

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            assertThat(browser.faults())
                    .as("what scripts on any page have thrown")
                    .isEmpty();
        }
    }

    private static Path open(String trace) throws IOException {
        Path page = folder.resolve("page.html");
        Files.writeString(page, new TracePage(PROJECT, PROJECT.stage("5"), Recording.parse(trace)).html());
        browser.open(page);
        return page;
    }

    private static void same(String what, String expected, String actual) {
        assertThat(actual).as(what).isEqualTo(expected);
    }

    @Test
    @DisplayName("cards, lanes, narration and remarks; nothing covers anything")
    void showsEverything() throws IOException {
        open(Samples.TRACE);
        same("a card for each step", "24", browser.ask("document.querySelectorAll('.card').length"));
        same(
                "a lane for each thread, in the order of the layers; workers that only waited share one",
                "main,event-loop,worker-1,worker-2,2 idle workers,send,timer",
                browser.ask("[...document.querySelectorAll('.lanes b')].map(e => e.textContent).join()"));
        same(
                "narration across the page",
                "1 Two clients connect. One of them is slow.|2 The second goes silent.",
                browser.ask("[...document.querySelectorAll('.banner')].map(e => e.textContent).join('|')"));
        same(
                "what the client and the log say, as text and not as markup",
                "client <b>hello</b> & </script><img src=x onerror=\"broken=1\">"
                        + "|WARNING 127.0.0.1:5001: closed: <i>why</i>|and 9 more steps like these, not shown|no",
                browser.ask("[...document.querySelectorAll('.client, .remark')].map(e => e.textContent)"
                        + ".concat(document.querySelector('img, i') || window.broken ? 'yes' : 'no').join('|')"));
        same("each card in its thread's lane", "", browser.ask("""
                const heads = [...document.querySelectorAll('.lanes div')].map(e => e.getBoundingClientRect());
                items.filter(isStep).filter(i => Math.abs(i.element.getBoundingClientRect().left - heads[i.lane].left) > 1)
                    .map(i => i.raw).join('|')"""));
        same("no card covers another, and a later step is never higher", "", browser.ask("""
                const steps = items.filter(isStep).sort((a, b) => a.ms - b.ms);
                steps.filter((s, i) => i > 0 && (s.box.top < steps[i - 1].box.top
                    || s.lane === steps[i - 1].lane && s.box.top < steps[i - 1].box.bottom)).map(s => s.raw).join('|')"""));
        same(
                "steps of one millisecond stand side by side",
                "true",
                browser.ask("items.find(i => i.ms === 6.7).row === items.find(i => i.ms === 6.8).row"));
        same("the page loads nothing", "0", browser.ask("performance.getEntriesByType('resource').length"));
    }

    @Test
    @DisplayName("an arrow for each hand-over, and over no card")
    void drawsArrows() throws IOException {
        open(Samples.TRACE);
        same("an arrow for each hand-over, and no other", Samples.ARROWS, browser.ask("""
                data.arrows.map(ends => ends.map(i => items[i].id + '@' + items[i].ms).join(' -> ')).sort().join('\\n')"""));
        same("each is drawn, with its head at the card that it leads to", "7", browser.ask("""
                [...document.querySelectorAll('.chart .head')].filter(head => {
                    const tip = head.getAttribute('d').match(/L([\\d.]+) ([\\d.]+)/).slice(1).map(Number);
                    const box = items[head.dataset.to].box;
                    return Math.min(Math.abs(tip[0] - box.left), Math.abs(tip[0] - box.right)) < 1
                        && tip[1] > box.top && tip[1] < box.bottom;
                }).length"""));
        same("no arrow runs over a card", "", browser.ask(Samples.OVER_CARDS));
        same("threads that wait are told from threads at work", "true", browser.ask("""
                ['.works', '.waits'].every(line => document.querySelector('.chart ' + line).getTotalLength() > 50)"""));
    }

    @Test
    @DisplayName("one connection alone, and without a layer")
    void filters() throws IOException {
        open(Samples.TRACE);
        choose("connection 2 (127.0.0.1:5002)");
        same(
                "one connection alone: its steps, and the step that its kick leads to",
                "5 6.5 6.7 7 7.2 7.3 7.7 50 90 91 92",
                shownTimes());
        same("and the arrows between them", "4", browser.ask("document.querySelectorAll('.chart .arrow').length"));
        choose("all 24 steps");
        browser.ask("document.querySelector('#layers input[value=\"3\"]').click()");
        same("a layer can be left out", "0 of 16", browser.ask("""
                document.querySelectorAll('.card.layer3:not([hidden])').length + ' of '
                    + document.querySelectorAll('.card:not([hidden])').length"""));
        browser.ask("document.querySelector('#layers input[value=\"3\"]').click()");
        same("and be shown again", "24", browser.ask("document.querySelectorAll('.card:not([hidden])').length"));
    }

    @Test
    @DisplayName("a click on a card opens what is known about the step")
    void opensThePanel() throws IOException {
        open(Samples.TRACE);
        browser.click("items.find(i => i.ms === 7.6).element");
        same("a click on a card opens the panel", "false", browser.ask("panel.hidden"));
        String text = browser.ask("panel.textContent");
        String meaning = NotesMap.read(PROJECT)
                .step("ServerSendQueueThread.5")
                .orElseThrow()
                .what();
        assertThat(text).containsIgnoringCase(meaning).contains("7.60 ms  send        ServerSendQueueThread.5 ");
        Matcher place = Pattern.compile("(stage5-timer/[^ :]+\\.java):(\\d+)").matcher(text);
        assertThat(place.find()).as("a place in the code in: " + text).isTrue();
        Path file = PROJECT.home().resolve(place.group(1));
        String line = Files.readAllLines(file).get(Integer.parseInt(place.group(2)) - 1);
        assertThat(line)
                .as("the call that says so, and not the other one of that id")
                .contains("Trace.step(\"ServerSendQueueThread.5\"", "part sent");
        same("one place", "1", browser.ask("panel.querySelectorAll('mark').length"));
        browser.click("document.querySelector('#close')");
        same("it can be closed", "true", browser.ask("panel.hidden"));
    }

    @Test
    @DisplayName("keys follow arrows and threads")
    void obeysKeys() throws IOException {
        open(Samples.TRACE);
        browser.ask("items.find(i => i.ms === 6.5).element.focus()");
        browser.press("Enter", "\r");
        same("Enter opens the focused card", "false", browser.ask("panel.hidden"));
        browser.press("ArrowRight", "");
        same("an arrow key follows the arrow", "6.7", browser.ask("items[chosen].ms"));
        browser.press("ArrowDown", "");
        same("or the thread", "7", browser.ask("items[chosen].ms"));
        browser.press("Escape", "");
        same(
                "Escape closes the panel and returns to the card",
                "true7",
                browser.ask("panel.hidden + '' + items[document.activeElement.dataset.index].ms"));
        browser.press(" ", " ");
        same("the space bar opens it too", "false", browser.ask("panel.hidden"));
        browser.ask("document.querySelector('#connection').focus()");
        choose("all 24 steps");
        same(
                "a choice of steps closes it and leaves the focus alone",
                "trueconnection",
                browser.ask("panel.hidden + document.activeElement.id"));
        browser.ask("items.find(i => i.ms === 7).element.focus()");
        browser.press("Tab", "");
        same("Tab goes on to the next step", "7.2", browser.ask("items[document.activeElement.dataset.index].ms"));
        same(
                "what has the focus shows it",
                "solid",
                browser.ask("getComputedStyle(document.activeElement).outlineStyle"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    @DisplayName("light and dark as the system is, with text that can be read")
    void hasThemes(String theme) throws IOException {
        browser.theme(theme);
        open(Samples.TRACE);
        browser.ask("choose(items.findIndex(i => i.ms === 7.6))");
        String isBright = "luminance(rgb(getComputedStyle(document.body).backgroundColor)) > 0.5";
        same("it is bright", String.valueOf(theme.equals("light")), browser.ask(Samples.CONTRAST + isBright));
        same("text with too little contrast", "", browser.ask(Samples.CONTRAST + """
                [...document.querySelectorAll('body *')]
                    .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                    .map(e => [contrast(e), e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)])
                    .filter(([value]) => value < %s).map(String).join('|')""".formatted(LEAST_CONTRAST)));
    }

    @Test
    @DisplayName("a page of 1,000 steps is quick; of more than 5,000 the rest is counted")
    void isQuick() throws IOException {
        open(Samples.bigTrace(1_000));
        same("steps", "1000", browser.ask("document.querySelectorAll('.card').length"));
        same("arrows", "250", browser.ask("document.querySelectorAll('.chart .arrow').length"));
        same("arrows over a card", "", browser.ask(Samples.OVER_CARDS));
        assertThat(best(FILTER)).as("milliseconds to filter").isLessThan(MOST_FILTER_MILLIS);
        assertThat(best(SCROLL)).as("milliseconds to scroll by a screen").isLessThan(MOST_SCROLL_MILLIS);
        open(Samples.bigTrace(6_000));
        same(
                "what is left out",
                "5000, and 1000 more steps: too many for one page",
                browser.ask("document.querySelectorAll('.card').length + ', '"
                        + " + document.querySelector('.hidden').textContent"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, ''",
        "2, ''",
        "3, inMsgRecvQueueAndSignal.1>ThreadFunc.2",
        "4, msgSend.2>ServerSendQueueThread.1 ServerSendQueueThread.5>gsx_write_request_handler.1",
        "5, AddToTimerQueue.1>GetOverTimeTimer.2-1 procPingTimeOutChecking.1>gsx_epoll_process_events.1",
    })
    @DisplayName(
            "what the demos really print: every step has its text and its place, and the arrows that its stage has")
    void showsDemos(String stage, String arrows) throws IOException {
        Path page = folder.resolve("new folder").resolve("demo" + stage + ".html");
        assertThat(new CommandLine(new TraceCommand(Home.ofProgram())).execute(stage, page.toString()))
                .isZero();
        browser.open(page);
        same("steps without text or code", "", browser.ask("""
                Object.entries(data.notes).filter(([id, note]) => note.layer === 0 || note.places.length === 0
                    || !note.places.every(place => place.lines[place.line - place.firstLine].includes('Trace.step')))
                    .map(([id]) => id).join()"""));
        String found =
                browser.ask("[...new Set(data.arrows.map(ends => ends.map(i => items[i].id).join('>')))].join(' ')");
        assertThat(found.split(" ")).contains(arrows.split(" "));
        same("arrows over a card", "", browser.ask(Samples.OVER_CARDS));
    }

    /** From one connection's steps, which are few, to all steps, and the layout that follows. */
    private static final String[] FILTER = {
        "select.value = 3; select.dispatchEvent(new Event('change')); document.body.getBoundingClientRect()",
        "select.value = ''; select.dispatchEvent(new Event('change')); document.body.getBoundingClientRect()"
    };

    private static final String[] SCROLL = {
        "scrollTo(0, 0); new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(''))))",
        "scrollTo(0, 900); new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(''))))"
    };

    /** The least time that the second script takes after the first: processor time, as others use the machine too. */
    private static double best(String... scripts) throws IOException {
        browser.ask("const select = document.querySelector('#connection')");
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            browser.ask(scripts[0]);
            double before = browser.cpuMillis();
            browser.ask(scripts[1]);
            best = Math.min(best, browser.cpuMillis() - before);
        }
        return best;
    }

    private static void choose(String option) throws IOException {
        browser.ask("""
                const select = document.querySelector('#connection');
                select.value = [...select.options].find(o => o.text.startsWith('%s')).value;
                select.dispatchEvent(new Event('change'));""".formatted(option));
    }

    private static String shownTimes() throws IOException {
        return browser.ask("items.filter(i => isStep(i) && i.element.checkVisibility()).map(i => i.ms).join(' ')");
    }
}
