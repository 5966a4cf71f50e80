package dev.gserver.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final Event WAIT = Event.of(0, 1, "woken.acquireUninterruptibly()", "A.java", 3, "a line");

    @Test
    @DisplayName("where all hang, the thread that was the last to run has no switch at its end: it waits for ever too")
    void tellsThatTheLastWaits() {
        assertThat(new Tidy(List.of(WAIT), true).events())
                .extracting(Event::kind, Event::what)
                .containsExactly(
                        tuple("wait", "woken.acquireUninterruptibly()"),
                        tuple("result", "waits, and nobody is left to wake it"));
    }

    @Test
    @DisplayName("a thread whose last step was a wait that ended does not wait")
    void leavesAWaitThatEnded() {
        assertThat(new Tidy(List.of(WAIT), false).events()).containsExactly(WAIT);
    }
}
