package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // nothing else ends a spin
class TimerQueueTest {
    private static final long WAIT = 100;
    private static final long NO_END = TimerQueue.NEVER - 1;

    private final TimerQueue queue = new TimerQueue(WAIT);

    @Test
    @DisplayName("AddToTimerQueue.1: an entry is due a wait time after it came in")
    void addsEntry() {
        assertThat(queue.earliestTime()).isEqualTo(TimerQueue.NEVER);
        queue.add(entry(1), 5);
        assertThat(queue.earliestTime()).isEqualTo(105);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("GetOverTimeTimer.1: the earliest time decides, whatever the order in which entries came in")
    void looksAtTheEarliest() {
        queue.add(entry(1), 30);
        queue.add(entry(2), 10);
        queue.add(entry(3), 20);
        try (TraceRecorder trace = new TraceRecorder()) {
            assertThat(queue.takeDue(109)).isNull();
            assertThat(trace.ids("GetOverTimeTimer")).containsExactly("GetOverTimeTimer.1");
            assertThat(trace.steps("GetOverTimeTimer.1").get(0).what()).endsWith(" 1");
        }
    }

    @Test
    @DisplayName("GetOverTimeTimer.2 GetOverTimeTimer.2-1 GetOverTimeTimer.2-2 GetOverTimeTimer.2-3:"
            + " one that is due is taken out, put back for a wait time from now, and returned")
    void takesOneThatIsDue() {
        TimerEntry first = entry(1);
        queue.add(first, 0);
        queue.add(entry(2), 1);
        try (TraceRecorder trace = new TraceRecorder()) {
            assertThat(queue.takeDue(150)).isSameAs(first);
            assertThat(trace.ids("GetOverTimeTimer"))
                    .containsExactly(
                            "GetOverTimeTimer.1",
                            "GetOverTimeTimer.2",
                            "GetOverTimeTimer.2-1",
                            "GetOverTimeTimer.2-2",
                            "GetOverTimeTimer.2-3");
        }
        assertThat(first.dueNanos()).as("its next check").isEqualTo(250);
        assertThat(queue.earliestTime()).as("the other's, which is next").isEqualTo(101);
        assertThat(queue.size()).as("entries").isEqualTo(2);
    }

    @Test
    @DisplayName("GetOverTimeTimer.2: due at this very time is due; an empty queue has nothing due")
    void dueNowIsDue() {
        assertThat(queue.takeDue(NO_END)).isNull();
        TimerEntry entry = entry(1);
        queue.add(entry, 0);
        assertThat(queue.takeDue(99)).isNull();
        assertThat(queue.takeDue(100)).isSameAs(entry);
        assertThat(queue.takeDue(100)).as("it has been put back for later").isNull();
    }

    @Test
    @DisplayName("several entries share one time, as in a multimap: each is found, each can be removed")
    void sharesTimes() {
        TimerEntry one = entry(1);
        TimerEntry two = entry(2);
        TimerEntry three = entry(3);
        List.of(one, two, three).forEach(entry -> queue.add(entry, 7));
        assertThat(queue.size()).as("entries").isEqualTo(3);
        queue.remove(two);
        assertThat(List.of(queue.takeDue(107), queue.takeDue(107))).containsExactly(one, three);
        assertThat(queue.takeDue(107)).isNull();
    }

    @Test
    @DisplayName("an entry that was removed is never due; removing it twice does nothing")
    void removesEntry() {
        TimerEntry entry = entry(1);
        queue.add(entry, 0);
        queue.remove(entry);
        queue.remove(entry);
        assertThat(queue.size()).isZero();
        assertThat(queue.takeDue(NO_END)).isNull();
    }

    @Test
    @DisplayName("after any additions, removals and checks it holds what a plain list holds")
    void agreesWithAPlainList() {
        Random random = new Random(1);
        List<TimerEntry> expected = new ArrayList<>();
        for (long now = 0; now < 2_000; now++) {
            if (random.nextInt(3) > 0) {
                TimerEntry entry = entry((int) now);
                queue.add(entry, now);
                expected.add(entry);
            } else if (!expected.isEmpty()) {
                queue.remove(expected.remove(random.nextInt(expected.size())));
            }
            while (queue.takeDue(now) != null) {}
            assertThat(queue.size()).isEqualTo(expected.size());
            long earliest =
                    expected.stream().mapToLong(TimerEntry::dueNanos).min().orElse(TimerQueue.NEVER);
            assertThat(queue.earliestTime()).isEqualTo(earliest);
            assertThat(earliest).as("nothing due is left").isGreaterThan(now);
        }
    }

    private static TimerEntry entry(int index) {
        return new TimerEntry(Connections.client(index, "peer " + index), 0);
    }
}
