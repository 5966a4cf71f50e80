package dev.gserver.tools.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.transcript.Expected.Match;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    @Test
    @DisplayName("an ellipsis stands for anything in a line, and for any lines alone; everything else for itself")
    void ellipses() {
        assertThat(match(List.of("a … c", "…", "(z)*"), "a b b c", "x", "(z)*", "y", "(z)*"))
                .isEqualTo(new Match(3, true, 12, "the end", ""));
        assertThat(match(List.of("…", "b"), "b")).isEqualTo(new Match(1, true, 11, "the end", ""));
        assertThat(match(List.of("z*"), "zz")).isEqualTo(new Match(-1, false, 10, "z*", "zz"));
    }

    @Test
    @DisplayName("it tells the first line that the output does not have, and what it has instead")
    void firstDifference() {
        assertThat(match(List.of("a", "b", "c"), "a", "x")).isEqualTo(new Match(-1, false, 11, "b", "x"));
        assertThat(match(List.of("a", "b"), "a")).isEqualTo(new Match(-1, false, 11, "b", "the end"));
    }

    @Test
    @DisplayName("output that goes on: where it agrees, and what comes then")
    void goesOn() {
        assertThat(match(List.of("a"), "a", "b")).isEqualTo(new Match(1, false, 10, "the end", "b"));
    }

    private static Match match(List<String> expected, String... output) {
        return new Expected(10, expected).match(List.of(output));
    }
}
