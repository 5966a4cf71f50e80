import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tests the page of ./course trace in a real browser, headless Chromium. Run from the repository's top folder. Where no
 * browser is on the PATH (or named by CHROME) it says so and ends well.
 */
public final class TracePageTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(5);
    private static final int MOST_FILTER_MILLIS = 400; // of processor time for 1,000 steps, the best of five
    private static final int MOST_SCROLL_MILLIS = 50; // the same, for a screen
    private static final double LEAST_CONTRAST = 4.5; // WCAG AA, for text

    /** A short life of a stage 5 server, made up so that each hand-over is in it, and things that could be confused. */
    private static final String TRACE = """

            ==> Two clients connect.
            ==> One of them is slow.
                   1.00 ms  main        process.view                           gserver stage5-timer: running as process 7
                   2.00 ms  worker-2    ThreadFunc.1                           thread pool: waiting for the condition
                   2.10 ms  worker-10   ThreadFunc.1                           thread pool: waiting for the condition
                   2.20 ms  worker-11   ThreadFunc.1                           thread pool: waiting for the condition
                   3.00 ms  event-loop  gsx_event_accept.1                     connection 0 (port 127.0.0.1:9000): a client's socket accepted
                   4.00 ms  event-loop  AddToTimerQueue.1                      connection 1 (127.0.0.1:5001): in the timer queue
                   5.00 ms  event-loop  AddToTimerQueue.1                      connection 2 (127.0.0.1:5002): in the timer queue
                client: <b>hello</b> & </script><img src=x onerror="broken=1">
            2026-01-02 03:04:05.678 WARNING 127.0.0.1:5001: closed: <i>why</i>
                   6.00 ms  event-loop  inMsgRecvQueueAndSignal.1              connection 1 (127.0.0.1:5001): one thread signalled
                   6.50 ms  event-loop  inMsgRecvQueueAndSignal.1              connection 2 (127.0.0.1:5002): one thread signalled
                   6.70 ms  worker-1    ThreadFunc.2                           code 0 of connection 2 (127.0.0.1:5002): taken by a thread of the pool
                   6.60 ms  worker-2    ThreadFunc.2                           code 5 of connection 1 (127.0.0.1:5001): taken by a thread of the pool
                   6.80 ms  worker-2    ThreadFunc.2                           code 5 of connection 1 (127.0.0.1:5001): taken by a thread of the pool
                   7.00 ms  worker-1    msgSend.2                              code 0 of connection 2 (127.0.0.1:5002): send thread woken
                   7.20 ms  send        ServerSendQueueThread.1                connection 2 (127.0.0.1:5002): semaphore passed
                   7.30 ms  send        ServerSendQueueThread.5                connection 2 (127.0.0.1:5002): all sent
                   7.40 ms  worker-2    msgSend.2                              code 5 of connection 1 (127.0.0.1:5001): send thread woken
                   7.50 ms  send        ServerSendQueueThread.1                connection 1 (127.0.0.1:5001): semaphore passed
                   7.60 ms  send        ServerSendQueueThread.5                connection 1 (127.0.0.1:5001): part sent, a write event drives the rest
                   7.70 ms  worker-1    msgSend.2                              code 0 of connection 2 (127.0.0.1:5002): send thread woken
                (and 9 more steps like these, not shown)

            ==> The second goes silent.
                  50.00 ms  send        ServerSendQueueThread.1                connection 2 (127.0.0.1:5002): semaphore passed
                  51.00 ms  event-loop  gsx_write_request_handler.1            connection 1 (127.0.0.1:5001): writable, sending directly
                  90.00 ms  timer       GetOverTimeTimer.2-1                   connection 2 (127.0.0.1:5002): taken out
                  91.00 ms  timer       procPingTimeOutChecking.1              connection 2 (127.0.0.1:5002): kicked, milliseconds without a ping: 90
                  92.00 ms  event-loop  gsx_epoll_process_events.1             event loop: waited; events returned: 0
            """;

    private static final String ARROWS = """
            AddToTimerQueue.1@5 -> GetOverTimeTimer.2-1@90
            ServerSendQueueThread.5@7.6 -> gsx_write_request_handler.1@51
            inMsgRecvQueueAndSignal.1@6 -> ThreadFunc.2@6.6
            inMsgRecvQueueAndSignal.1@6.5 -> ThreadFunc.2@6.7
            msgSend.2@7 -> ServerSendQueueThread.1@7.2
            msgSend.2@7.4 -> ServerSendQueueThread.1@7.5
            procPingTimeOutChecking.1@91 -> gsx_epoll_process_events.1@92""";

    private static boolean failed;
    private static volatile long lastVerdict = System.nanoTime();

    private TracePageTest() {}

    public static void main(String[] args) throws Exception {
        String program = browser();
        if (program == null) {
            System.out.println("skipped: the trace page's test needs Chromium, and there is none on the PATH");
            return;
        }
        watch(PATIENCE_MILLIS);
        Path folder = Files.createTempDirectory("trace-page");
        try (Browser browser = new Browser(program, folder)) {
            testRefusals(folder);
            testSmallPage(browser, folder);
            testBigPage(browser, folder);
            testDemos(browser, folder);
            check("no script on any page failed", browser.faults());
        } finally {
            delete(folder);
        }
        System.exit(failed ? 1 : 0);
    }

    // ---- what is tested

    private static void testRefusals(Path folder) throws Exception {
        Run empty = make("stage5-timer", folder.resolve("none.html"), "no trace\n");
        check(
                "a text without a trace is refused in one line, exit code 1",
                empty.is(1, "standard input: no line of a trace"));
        Run usage = run("", "java", "docs/tools/TracePage.java");
        check("no arguments: usage, exit code 2", usage.is(2, "usage: java docs/tools/TracePage.java"));
        Run missing = run("", "java", "docs/tools/TracePage.java", "stage5-timer", "out.html", "no-such-file");
        check("a file that is not there: one line, exit code 1", missing.is(1, "no-such-file: there is no such file"));
    }

    private static void testSmallPage(Browser browser, Path folder) throws Exception {
        Path page = folder.resolve("new folder").resolve("small.html");
        check(
                "the page is made from standard input",
                make("stage5-timer", page, TRACE).is(0, page.toString()));
        browser.open(page);
        testContents(browser);
        testLines(browser);
        testFilter(browser);
        testPanel(browser);
        testKeys(browser);
        for (String theme : List.of("light", "dark")) {
            testTheme(browser, page, theme);
        }
    }

    private static void testContents(Browser browser) throws IOException {
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

    private static void testLines(Browser browser) throws IOException {
        same("an arrow for each hand-over, and no other", ARROWS, browser.ask("""
                data.arrows.map(ends => ends.map(i => items[i].id + '@' + items[i].ms).join(' -> ')).sort().join('\\n')"""));
        same("each is drawn, with its head at the card that it leads to", "7", browser.ask("""
                [...document.querySelectorAll('.chart .head')].filter(head => {
                    const tip = head.getAttribute('d').match(/L([\\d.]+) ([\\d.]+)/).slice(1).map(Number);
                    const box = items[head.dataset.to].box;
                    return Math.min(Math.abs(tip[0] - box.left), Math.abs(tip[0] - box.right)) < 1
                        && tip[1] > box.top && tip[1] < box.bottom;
                }).length"""));
        same("no arrow runs over a card", "", overCards(browser));
        same("threads that wait are told from threads at work", "true", browser.ask("""
                ['.works', '.waits'].every(line => document.querySelector('.chart ' + line).getTotalLength() > 50)"""));
    }

    private static String overCards(Browser browser) throws IOException {
        return browser.ask("""
                [...document.querySelectorAll('.chart .arrow')].flatMap(path => {
                    const points = [];
                    for (let at = 2; at < path.getTotalLength(); at += 4) points.push(path.getPointAtLength(at));
                    return items.filter(i => isStep(i) && i.shown && points.some(p => p.x > i.box.left + 1
                        && p.x < i.box.right - 1 && p.y > i.box.top + 1 && p.y < i.box.bottom - 1)).map(i => i.raw);
                }).join('|')""");
    }

    private static void testFilter(Browser browser) throws IOException {
        choose(browser, "connection 2 (127.0.0.1:5002)");
        same(
                "one connection alone: its steps, and the step that its kick leads to",
                "5 6.5 6.7 7 7.2 7.3 7.7 50 90 91 92",
                shownTimes(browser));
        same("and the arrows between them", "4", browser.ask("document.querySelectorAll('.chart .arrow').length"));
        choose(browser, "all 24 steps");
        browser.ask("document.querySelector('#layers input[value=\"3\"]').click()");
        same("a layer can be left out", "0 of 16", browser.ask("""
                document.querySelectorAll('.card.layer3:not([hidden])').length + ' of '
                    + document.querySelectorAll('.card:not([hidden])').length"""));
        browser.ask("document.querySelector('#layers input[value=\"3\"]').click()");
        same("and be shown again", "24", browser.ask("document.querySelectorAll('.card:not([hidden])').length"));
    }

    private static void testPanel(Browser browser) throws IOException {
        browser.click("items.find(i => i.ms === 7.6).element");
        same("a click on a card opens the panel", "false", browser.ask("panel.hidden"));
        String text = browser.ask("panel.textContent");
        String meaning = Files.readAllLines(Path.of("docs/notes-map.md")).stream()
                .filter(line -> line.contains("`ServerSendQueueThread.5`"))
                .map(line -> line.split(" \\| ")[2])
                .findFirst()
                .orElseThrow();
        check("it has the step's text", contains(text.toLowerCase(Locale.ROOT), meaning));
        check("and the line of the trace", contains(text, "7.60 ms  send        ServerSendQueueThread.5 "));
        Matcher place = Pattern.compile("(stage5-timer/[^ :]+\\.java):(\\d+)").matcher(text);
        check("and a place in the code", place.find() ? "" : "none in: " + text);
        String line = Files.readAllLines(Path.of(place.group(1))).get(Integer.parseInt(place.group(2)) - 1);
        check("which is the call that says so", contains(line, "Trace.step(\"ServerSendQueueThread.5\""));
        check("and not the other call of that id", contains(line, "part sent"));
        same("one place", "1", browser.ask("panel.querySelectorAll('mark').length"));
        browser.click("document.querySelector('#close')");
        same("it can be closed", "true", browser.ask("panel.hidden"));
    }

    private static void testKeys(Browser browser) throws IOException {
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
        choose(browser, "all 24 steps");
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

    private static void testTheme(Browser browser, Path page, String theme) throws IOException {
        browser.theme(theme);
        browser.open(page);
        browser.ask("choose(items.findIndex(i => i.ms === 7.6))");
        String brightness =
                browser.ask(CONTRAST + "luminance(rgb(getComputedStyle(document.body).backgroundColor)) > 0.5");
        same(theme + " where the system is " + theme, theme.equals("light") ? "true" : "false", brightness);
        same(
                theme + ": all text has a contrast of " + LEAST_CONTRAST + " or more",
                "",
                browser.ask(CONTRAST + """
                [...document.querySelectorAll('body *')]
                    .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                    .map(e => [contrast(e), e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 30)])
                    .filter(([value]) => value < %s).map(String).join('|')""".formatted(LEAST_CONTRAST)));
    }

    private static final String CONTRAST = """
            const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgb = color => {
                pixel.clearRect(0, 0, 1, 1); pixel.fillStyle = color; pixel.fillRect(0, 0, 1, 1);
                return [...pixel.getImageData(0, 0, 1, 1).data];
            };
            const luminance = color => color.slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const background = e => {
                for (; e; e = e.parentElement) {
                    const color = rgb(getComputedStyle(e).backgroundColor);
                    if (color[3] === 255) return color;
                }
            };
            const contrast = e => {
                const [low, high] = [luminance(rgb(getComputedStyle(e).color)), luminance(background(e))].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05);
            };
            """;

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
    private static double best(Browser browser, String... scripts) throws IOException {
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

    private static void testBigPage(Browser browser, Path folder) throws Exception {
        Path page = folder.resolve("big.html");
        check(
                "a page of 1,000 steps is made",
                make("stage5-timer", page, bigTrace(1_000)).is(0, ""));
        browser.open(page);
        same("it has them all", "1000", browser.ask("document.querySelectorAll('.card').length"));
        same("and 250 arrows", "250", browser.ask("document.querySelectorAll('.chart .arrow').length"));
        same("none of them over a card", "", overCards(browser));
        double filter = best(browser, FILTER);
        check(
                String.format("its filter takes less than %d ms (%.0f)", MOST_FILTER_MILLIS, filter),
                filter < MOST_FILTER_MILLIS ? "" : "too long");
        double scroll = best(browser, SCROLL);
        check(
                String.format("to scroll by a screen takes less than %d ms (%.0f)", MOST_SCROLL_MILLIS, scroll),
                scroll < MOST_SCROLL_MILLIS ? "" : "too long");
        Path huge = folder.resolve("huge.html");
        check(
                "a page of 6,000 steps is made",
                make("stage5-timer", huge, bigTrace(6_000)).is(0, ""));
        browser.open(huge);
        same(
                "it has 5,000 of them, and says so",
                "5000, and 1000 more steps: too many for one page",
                browser.ask(
                        "document.querySelectorAll('.card').length + ', ' + document.querySelector('.hidden').textContent"));
    }

    /** Packets of 25 clients, eight steps each, over four threads. */
    private static String bigTrace(int steps) {
        String[] lines = {
            "event-loop  gsx_wait_request_handler.1  %s: bytes received: 8",
            "event-loop  inMsgRecvQueueAndSignal.1  %s: one thread signalled",
            "worker-1  ThreadFunc.2  code 0 of %s: taken by a thread of the pool",
            "worker-1  threadRecvProcFunc.2  code 0 of %s: its handler is called",
            "worker-1  msgSend.2  code 0 of %s: send thread woken",
            "event-loop  gsx_epoll_process_events.2  %s: has an event",
            "send  ServerSendQueueThread.1  %s: semaphore passed",
            "send  ServerSendQueueThread.5  %s: all sent",
        };
        StringBuilder trace = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            int client = 1 + i / lines.length % 25;
            String connection = "connection " + client + " (127.0.0.1:" + (5000 + client) + ")";
            trace.append(String.format(Locale.ROOT, "%8.2f ms  ", i * 0.4))
                    .append(String.format(lines[i % lines.length], connection))
                    .append('\n');
        }
        return trace.toString();
    }

    /** What the demos really print: every step has its text and its place, and the arrows that its stage has. */
    private static void testDemos(Browser browser, Path folder) throws Exception {
        List<List<String>> arrows = List.of(
                List.of(),
                List.of(),
                List.of("inMsgRecvQueueAndSignal.1>ThreadFunc.2"),
                List.of("msgSend.2>ServerSendQueueThread.1", "ServerSendQueueThread.5>gsx_write_request_handler.1"),
                List.of(
                        "AddToTimerQueue.1>GetOverTimeTimer.2-1",
                        "procPingTimeOutChecking.1>gsx_epoll_process_events.1"));
        for (int stage = 1; stage <= 5; stage++) {
            Path page = folder.resolve(stage + ".html");
            check(
                    "./course trace " + stage,
                    run("", "./course", "trace", "" + stage, page.toString()).is(0, page.toString()));
            browser.open(page);
            same("stage " + stage + ": each step has its text and its code", "", browser.ask("""
                    Object.entries(data.notes).filter(([id, note]) => note.layer === 0 || note.places.length === 0
                        || !note.places.every(place => place.lines[place.line - place.firstLine].includes('Trace.step')))
                        .map(([id]) => id).join()"""));
            String found =
                    browser.ask("[...new Set(data.arrows.map(ends => ends.map(i => items[i].id).join('>')))].join()");
            for (String arrow : arrows.get(stage - 1)) {
                check("stage " + stage + " has " + arrow, contains(found, arrow));
            }
            same("stage " + stage + ": no arrow runs over a card", "", overCards(browser));
        }
    }

    // ---- helpers

    private static void choose(Browser browser, String option) throws IOException {
        browser.ask("""
                const select = document.querySelector('#connection');
                select.value = [...select.options].find(o => o.text.startsWith('%s')).value;
                select.dispatchEvent(new Event('change'));""".formatted(option));
    }

    private static String shownTimes(Browser browser) throws IOException {
        return browser.ask("items.filter(i => isStep(i) && i.element.checkVisibility()).map(i => i.ms).join(' ')");
    }

    private static String contains(String text, String part) {
        return text.contains(part) ? "" : "expected '" + part + "' in '" + text + "'";
    }

    private static void same(String what, String expected, String actual) {
        check(what, expected.equals(actual) ? "" : "expected '" + expected + "', found '" + actual + "'");
    }

    /** The verdict: it has failed if {@code fault} says why. */
    private static void check(String what, String fault) {
        lastVerdict = System.nanoTime();
        System.out.println((fault.isEmpty() ? "ok    " : "FAIL  ") + what);
        if (!fault.isEmpty()) {
            System.out.println("      " + fault);
            failed = true;
        }
    }

    private record Run(int status, String output) {
        String is(int expectedStatus, String part) {
            return status == expectedStatus ? contains(output, part) : "exit code " + status + ": " + output;
        }
    }

    private static Run make(String stage, Path page, String trace) throws Exception {
        return run(trace, "java", "docs/tools/TracePage.java", stage, page.toString());
    }

    private static Run run(String input, String... command) throws Exception {
        if (command[0].equals("java")) {
            command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it has ended without reading all of it; its output says why
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static String browser() {
        List<String> names = new ArrayList<>(BROWSERS);
        if (System.getenv("CHROME") != null) {
            names.add(0, System.getenv("CHROME"));
        }
        List<Path> folders = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(Path::of)
                .toList();
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    /** Ends the test if no check comes to its verdict for so long. */
    private static void watch(long millis) {
        TimerTask look = new TimerTask() {
            @Override
            public void run() {
                if (System.nanoTime() - lastVerdict > TimeUnit.MILLISECONDS.toNanos(millis)) {
                    System.out.println("FAIL  nothing has happened for " + millis + " ms");
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                    Runtime.getRuntime().halt(1);
                }
            }
        };
        new Timer(true).schedule(look, 1_000, 1_000);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** One tab, told what to do by the DevTools protocol: messages in JSON, each ended by a zero byte, over a pipe. */
    private static final class Browser implements AutoCloseable {
        // The browser reads messages from descriptor 3 and writes them to 4; no port is opened.
        private static final String WITH_PIPES = "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1";
        private static final String[] ARGUMENTS = {
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1440,1000",
            "--remote-debugging-pipe"
        };
        private static final Map<String, Integer> KEY_CODES =
                Map.of("Tab", 9, "Enter", 13, "Escape", 27, " ", 32, "ArrowRight", 39, "ArrowDown", 40);
        private static final Pattern TASK_SECONDS = Pattern.compile("\"name\":\"TaskDuration\",\"value\":([^}]+)");
        private static final Pattern PLAIN_VALUE = Pattern.compile("\"value\":([^,}]+)");
        private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");
        private final Process process;
        private final List<String> faults = new ArrayList<>();
        private String session = "";
        private int lastId;

        Browser(String program, Path folder) throws IOException {
            List<String> command = new ArrayList<>(List.of("bash", "-c", WITH_PIPES, "browser", program));
            command.addAll(List.of(ARGUMENTS));
            command.add("--user-data-dir=" + folder.resolve("profile"));
            process = new ProcessBuilder(command).start();
            String target = string(call("Target.createTarget", "{\"url\":\"about:blank\"}"), "targetId");
            session = string(
                    call("Target.attachToTarget", "{\"targetId\":\"" + target + "\",\"flatten\":true}"), "sessionId");
            call("Page.enable", "{}");
            call("Runtime.enable", "{}");
            call("Performance.enable", "{\"timeDomain\":\"threadTicks\"}");
            call("Emulation.setFocusEmulationEnabled", "{\"enabled\":true}");
        }

        void open(Path page) throws IOException {
            navigate("about:blank"); // so that the next is a new page and not a jump within one
            navigate(page.toUri().toString());
        }

        private void navigate(String address) throws IOException {
            call("Page.navigate", "{\"url\":" + quote(address) + "}");
            while (!read().startsWith("{\"method\":\"Page.loadEventFired\"")) {
                // an event that nobody waits for
            }
        }

        /** Processor time that the page's main thread has used. */
        double cpuMillis() throws IOException {
            return 1_000 * Double.parseDouble(first(TASK_SECONDS, call("Performance.getMetrics", "{}")));
        }

        void theme(String name) throws IOException {
            String feature = "{\"name\":\"prefers-color-scheme\",\"value\":" + quote(name) + "}";
            call("Emulation.setEmulatedMedia", "{\"features\":[" + feature + "]}");
        }

        /** The value of a script's last expression, as text. */
        String ask(String script) throws IOException {
            String reply = call(
                    "Runtime.evaluate",
                    "{\"replMode\":true,\"awaitPromise\":true,\"returnByValue\":true,\"expression\":" + quote(script)
                            + "}");
            if (reply.contains("\"exceptionDetails\"")) {
                throw new IOException("the script failed: " + script + "\n" + reply);
            }
            if (reply.contains("\"type\":\"undefined\"")) {
                return "";
            }
            return reply.contains("\"type\":\"string\"") ? string(reply, "value") : first(PLAIN_VALUE, reply);
        }

        void click(String element) throws IOException {
            String[] at = ask("{ const e = " + element + "; e.scrollIntoView({ block: 'center' });"
                            + " const b = e.getBoundingClientRect(); (b.left + b.width / 2) + ' ' + (b.top + b.height / 2) }")
                    .split(" ");
            for (String type : List.of("mousePressed", "mouseReleased")) {
                call(
                        "Input.dispatchMouseEvent",
                        "{\"type\":\"" + type + "\",\"x\":" + at[0] + ",\"y\":" + at[1]
                                + ",\"button\":\"left\",\"clickCount\":1}");
            }
        }

        /** Presses a key; {@code text} is what it would type. */
        void press(String key, String text) throws IOException {
            int code = KEY_CODES.get(key);
            String event = ",\"key\":" + quote(key) + ",\"windowsVirtualKeyCode\":" + code;
            String typed = text.isEmpty() ? "" : ",\"text\":" + quote(text);
            call(
                    "Input.dispatchKeyEvent",
                    "{\"type\":\"" + (text.isEmpty() ? "rawKeyDown" : "keyDown") + "\"" + event + typed + "}");
            call("Input.dispatchKeyEvent", "{\"type\":\"keyUp\"" + event + "}");
        }

        /** What scripts of the pages have thrown. */
        String faults() {
            return String.join("; ", faults);
        }

        private String call(String method, String parameters) throws IOException {
            int id = ++lastId;
            String message = "{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters
                    + (session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"") + "}";
            OutputStream out = process.getOutputStream();
            out.write((message + "\0").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String reply = read();
            while (!reply.startsWith("{\"id\":" + id + ",")) {
                reply = read();
            }
            if (reply.startsWith("{\"id\":" + id + ",\"error\"")) {
                throw new IOException(method + ": " + reply);
            }
            return reply;
        }

        private String read() throws IOException {
            InputStream in = process.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int next;
            while ((next = in.read()) > 0) {
                bytes.write(next);
            }
            if (next < 0) {
                throw new IOException("the browser has ended");
            }
            String message = bytes.toString(StandardCharsets.UTF_8);
            if (message.startsWith("{\"method\":\"Runtime.exceptionThrown\"")) {
                faults.add(message);
            }
            return message;
        }

        private static String quote(String text) {
            StringBuilder out = new StringBuilder("\"");
            text.chars()
                    .forEach(
                            c -> out.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", c) : (char) c));
            return out.append('"').toString();
        }

        /** The string that {@code json} has under {@code name}. */
        private static String string(String json, String name) throws IOException {
            String quoted = first(Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]++|\\\\.)*+)\""), json);
            return ESCAPE.matcher(quoted).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape.group(1))));
        }

        private static String unescaped(String escape) {
            if (escape.startsWith("u")) {
                return Character.toString(Integer.parseInt(escape.substring(1), 16));
            }
            return escape.equals("n") ? "\n" : escape.equals("t") ? "\t" : escape;
        }

        private static String first(Pattern pattern, String json) throws IOException {
            Matcher match = pattern.matcher(json);
            if (!match.find()) {
                throw new IOException("no " + pattern + " in " + json);
            }
            return match.group(1);
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
