package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Connections;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private static final long WAIT = 100;

    private final TimerQueue queue = new TimerQueue(WAIT);

    @Test
    @DisplayName("AddToTimerQueue.1: an entry is due a wait time after it came in")
    void addsEntry() {
        assertThat(queue.earliestTime()).isEqualTo(OptionalLong.empty());
        queue.addToTimerQueue(entry(1), 5);
        assertThat(queue.earliestTime()).isEqualTo(OptionalLong.of(105));
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("GetOverTimeTimer.1: the earliest time decides, whatever the order in which entries came in")
    void looksAtTheEarliest() {
        queue.addToTimerQueue(entry(1), 30);
        queue.addToTimerQueue(entry(2), 10);
        queue.addToTimerQueue(entry(3), 20);
        try (TraceRecorder trace = new TraceRecorder()) {
            assertThat(queue.getOverTimeTimer(109)).isNull();
            assertThat(trace.ids("GetOverTimeTimer")).containsExactly("GetOverTimeTimer.1");
            assertThat(trace.steps("GetOverTimeTimer.1").get(0).what()).endsWith(" 1");
        }
    }

    @Test
    @DisplayName("GetOverTimeTimer.2 GetOverTimeTimer.2-1 GetOverTimeTimer.2-2 GetOverTimeTimer.2-3:"
            + " one that is due is taken out, put back for a wait time from now, and returned")
    void takesOneThatIsDue() {
        TimerEntry first = entry(1);
        queue.addToTimerQueue(first, 0);
        queue.addToTimerQueue(entry(2), 1);
        try (TraceRecorder trace = new TraceRecorder()) {
            assertThat(queue.getOverTimeTimer(100)).isSameAs(first);
            assertThat(trace.ids("GetOverTimeTimer"))
                    .containsExactly(
                            "GetOverTimeTimer.1",
                            "GetOverTimeTimer.2",
                            "GetOverTimeTimer.2-1",
                            "GetOverTimeTimer.2-2",
                            "GetOverTimeTimer.2-3");
        }
        assertThat(first.dueNanos()).isEqualTo(200);
        assertThat(queue.earliestTime()).isEqualTo(OptionalLong.of(101));
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    @DisplayName("GetOverTimeTimer.2: due at this very time is due; an empty queue has nothing due")
    void dueNowIsDue() {
        assertThat(queue.getOverTimeTimer(Long.MAX_VALUE)).isNull();
        TimerEntry entry = entry(1);
        queue.addToTimerQueue(entry, 0);
        assertThat(queue.getOverTimeTimer(99)).isNull();
        assertThat(queue.getOverTimeTimer(100)).isSameAs(entry);
        assertThat(queue.getOverTimeTimer(100))
                .as("it has been put back for later")
                .isNull();
    }

    @Test
    @DisplayName("several entries share one time, as in a multimap: each is found, each can be removed")
    void sharesTimes() {
        TimerEntry one = entry(1);
        TimerEntry two = entry(2);
        TimerEntry three = entry(3);
        List.of(one, two, three).forEach(entry -> queue.addToTimerQueue(entry, 7));
        assertThat(queue.size()).isEqualTo(3);
        queue.remove(two);
        assertThat(List.of(queue.getOverTimeTimer(107), queue.getOverTimeTimer(107)))
                .containsExactly(one, three);
        assertThat(queue.getOverTimeTimer(107)).isNull();
    }

    @Test
    @DisplayName("an entry that was removed is never due; removing it twice does nothing")
    void removesEntry() {
        TimerEntry entry = entry(1);
        queue.addToTimerQueue(entry, 0);
        queue.remove(entry);
        queue.remove(entry);
        assertThat(queue.size()).isZero();
        assertThat(queue.getOverTimeTimer(Long.MAX_VALUE)).isNull();
    }

    @Test
    @DisplayName("after any additions, removals and checks it holds what a plain list holds")
    void agreesWithAPlainList() {
        Random random = new Random(1);
        List<TimerEntry> expected = new ArrayList<>();
        for (long now = 0; now < 2_000; now++) {
            if (random.nextInt(3) > 0) {
                TimerEntry entry = entry((int) now);
                queue.addToTimerQueue(entry, now);
                expected.add(entry);
            } else if (!expected.isEmpty()) {
                queue.remove(expected.remove(random.nextInt(expected.size())));
            }
            while (queue.getOverTimeTimer(now) != null) {}
            assertThat(queue.size()).isEqualTo(expected.size());
            long earliest =
                    expected.stream().mapToLong(TimerEntry::dueNanos).min().orElse(-1);
            assertThat(queue.earliestTime().orElse(-1)).isEqualTo(earliest);
            assertThat(expected.isEmpty() || earliest > now)
                    .as("nothing due is left")
                    .isTrue();
        }
    }

    private static TimerEntry entry(int index) {
        return new TimerEntry(Connections.open(index, "peer " + index), 0);
    }
}
