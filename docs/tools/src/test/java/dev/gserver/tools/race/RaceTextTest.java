package dev.gserver.tools.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Texts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class RaceTextTest {
    private static String print(Race race, int width, Ansi ansi) {
        return print(race, Texts.ENGLISH, width, ansi);
    }

    private static String print(Race race, Texts texts, int width, Ansi ansi) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        new RaceText(race, texts, out, width, ansi).print();
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("a column for each thread; of a call that no other interrupts only what matters; then what it means")
    void printsColumns() {
        assertThat(print(RaceTree.race(), 100, Ansi.OFF))
                .startsWith("give-back-split: giveBack in two locks\n")
                .contains("\nMailboxScenario: A worker is done with a message while the next one comes.\n"
                        + "docs/races/MailboxScenario.java\n\nThe order of steps that it has found in 3.4 s.")
                .contains("\n  -            if (mailbox.size() > 0) {\n  +            empty = mailbox.size() == 0;\n")
                .contains("""

                        event-loop                                       | worker-1
                        ----------                                       | --------
                                                                         | giveBack(mailbox, [message 1])   ReceiveQueue:41
                                                                         |   mutex.lock()                   ReceiveQueue:43
                                                                         |   mailbox.size() -> 0            ReceiveQueue:46
                                                                         |   mutex.unlock()                 ReceiveQueue:48
                        flush()                           ReceiveQueue:5 |
                          [inMsgRecvQueueAndSignal.1]    ReceiveQueue:11 |
                            mailbox.add(message 2)       ReceiveQueue:21 |
                            mailbox.schedule() -> false  ReceiveQueue:22 |
                          [inMsgRecvQueueAndSignal.2]    ReceiveQueue:12 |
                                                                         |   mutex.lock()                   ReceiveQueue:50
                                                                         |   mailbox.scheduled = false      ReceiveQueue:55
                                                                         |   mutex.unlock()                 ReceiveQueue:58
                                                                         | take(batch)                      ReceiveQueue:27
                                                                         |   mutex.lock()                   ReceiveQueue:28
                                                                         |   ready.isEmpty() -> true        ReceiveQueue:30
                                                                         |   [ThreadFunc.1]                 ReceiveQueue:31
                                                                         | waits, and nobody is left to wake it

                        Expected: messages 1 and 2 are handled
                        Got:      message 1 is handled; worker-1 waits, and nobody wakes it

                        What is lost
                        Message 2 lies in a mailbox""")
                .contains("\nWhat prevents it\n" + RaceTree.FILE + ":46\n  if (mailbox.size() > 0) {\n")
                .endsWith("\nRead on: docs/stage3-threadpool.md#giving-back\n");
    }

    @Test
    @DisplayName("in a narrow terminal one column, with the thread's name where another goes on")
    void printsOneColumn() {
        assertThat(print(RaceTree.race(), 50, Ansi.OFF)).contains("""

                worker-1    giveBack(mailbox, [message 1])
                                                   ReceiveQueue:41
                              mutex.lock()         ReceiveQueue:43
                              mailbox.size() -> 0  ReceiveQueue:46
                              mutex.unlock()       ReceiveQueue:48
                event-loop  flush()                 ReceiveQueue:5
                              [inMsgRecvQueueAndSignal.1]
                                                   ReceiveQueue:11
                                mailbox.add(message 2)
                                                   ReceiveQueue:21
                                mailbox.schedule() -> false
                                                   ReceiveQueue:22
                """);
    }

    @Test
    @DisplayName("what no order of steps shows: why, who has seen it, and what it means; no columns")
    void tellsWhatIsNotSeen() {
        Race race = RaceTree.parsed("""
                {"name": "count-not-volatile", "title": "The number is not volatile", "scenario": "CountStress",
                "scene": {"file": "docs/races/CountStress.java", "story": ""},
                "schedules": 7, "patch": "", "expected": "TERMINATED: the bean sees it", "got": "STALE: never",
                "lost": "Nobody sees it.", "prevents": {"file": "A.java", "line": 3, "text": "volatile int count;"},
                "sentence": "s", "chapter": "c", "threads": [], "events": []}
                """);
        assertThat(print(race, 100, Ansi.OFF))
                .contains("\nNo order of steps goes wrong: ")
                .contains("\nCountStress, a test of jcstress, ")
                .contains(
                        " STALE.\ndocs/races/CountStress.java\n\nExpected: TERMINATED: the bean sees it\nGot:      STALE: never\n")
                .doesNotContain("Time runs downwards");
    }

    @Test
    @DisplayName("a monitor has no call in the source that says lock")
    void namesMonitors() {
        assertThat(print(RaceTree.race("mutex.lock()\"", "its monitor\""), 100, Ansi.OFF))
                .contains("|   lock its monitor  ")
                .contains("|   mutex.unlock()  ");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 67, 100, 200})
    @DisplayName("no line is wider than it may be, but for names that cannot be cut; whatever the depth and the length")
    void fits(int width) {
        String text = "x".repeat(90) + " and words of " + "y ".repeat(60) + "end";
        Race race = RaceTree.race("take(batch)\"", text + "\"");
        String deep = RaceTree.json().replace("\"depth\": 1", "\"depth\": 40");
        assertThat(print(race, width, Ansi.OFF)).contains("end");
        assertThat(print(RaceTree.parsed(deep), width, Ansi.OFF)
                        .lines()
                        .filter(line -> !line.contains("/"))
                        .filter(line -> line.length() > Math.max(width, 40)))
                .isEmpty();
    }

    @Test
    @DisplayName("colours where they are shown; without them it is the same text")
    void paints() {
        String painted = print(RaceTree.race(), 100, Ansi.ON);
        assertThat(painted).contains("\033[2mReceiveQueue:46\033[0m", "\033[32m  +            empty");
        assertThat(painted.replaceAll("\033\\[\\d*m", "")).isEqualTo(print(RaceTree.race(), 100, Ansi.OFF));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 67, 100})
    @DisplayName("in Chinese, whose characters are as wide as two; the steps are the same")
    void printsChinese(int width) {
        Race race = RaceTree.race().told("标题", "docs/zh-CN/x.md#y", "一句话。".repeat(20), "丢了。");
        String printed = print(race, Texts.CHINESE, width, Ansi.OFF);
        assertThat(printed)
                .startsWith("give-back-split：标题\n")
                .contains("\n丢了什么\n丢了。\n", "\n靠什么避免\n", "mutex.lock()")
                .endsWith("\n接着读：docs/zh-CN/x.md#y\n");
        assertThat(printed.lines().filter(line -> line.contains("一句话")))
                .first()
                .satisfies(line -> assertThat(2 * line.length()).isBetween(width - 4, width));
    }
}
