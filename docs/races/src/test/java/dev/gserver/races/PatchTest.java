package dev.gserver.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PatchTest {
    private static final List<String> FILE = List.of("a", "b", "", "c", "d", "b");
    private static final List<String> HEAD = List.of("--- a/X.java", "+++ b/X.java", "@@ -90,3 +90,4 @@");

    private static List<String> apply(String... hunk) {
        List<String> lines = new java.util.ArrayList<>(HEAD);
        lines.addAll(List.of(hunk));
        return Patch.apply("x", "X.java", Patch.read("x", lines).files().get("X.java"), FILE);
    }

    @Test
    @DisplayName("a hunk is found by its lines, wherever they stand; an empty line is one of the context")
    void findsLines() {
        assertThat(apply(" b", "", "-c", "+e", "+f")).containsExactly("a", "b", "", "e", "f", "d", "b");
    }

    @Test
    @DisplayName("lines that are not there, or there twice, are refused in one line that says where")
    void refusesWhatDoesNotApply() {
        assertThatThrownBy(() -> apply("-  gone", " d"))
                .hasMessage("x: does not apply to X.java: the lines that begin with \"gone\" stand there 0 times,"
                        + " expected once");
        assertThatThrownBy(() -> apply("-b"))
                .hasMessage(
                        "x: does not apply to X.java: the lines that begin with \"b\" stand there 2 times, expected once");
    }

    @Test
    @DisplayName("what is no unified diff is refused")
    void refusesOtherText() {
        assertThatThrownBy(() -> apply("*b")).hasMessageContaining("\"*b\" is not part of a unified diff");
        assertThatThrownBy(() -> Patch.read("x", List.of())).hasMessageContaining("it has no hunk");
    }
}
