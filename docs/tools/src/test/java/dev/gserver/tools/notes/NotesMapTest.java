package dev.gserver.tools.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Stage;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Row;
import dev.gserver.tools.notes.NotesMap.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NotesMapTest {
    private final NotesMap map = NotesMap.of(Page.of("docs/notes-map.md", """
            | id | home stage | what happens | code | test |
            |---|---|---|---|---|
            | `a.1` | 1 | a, `b` and *c* | `A.run` | `ATest` |
            | `b.2-1` | 2 | b | `B.B` | `BTest` |
            | `c.1` | 6 | c | `C.c` | `CTest` |
            | d.1 | 1 | d |
            """));

    @Test
    @DisplayName("a row is a step: id, stage, text as it is written, class and method, test")
    void reads() {
        Step step = map.step("a.1").orElseThrow();
        assertThat(step).isEqualTo(new Step(3, "a.1", 1, "a, `b` and *c*", "A.run", "ATest"));
        assertThat(step.className()).isEqualTo("A");
        assertThat(step.method()).isEqualTo("run");
    }

    @Test
    @DisplayName("a stage has its own steps and those of the stages before")
    void stages() {
        assertThat(map.upTo(stage(1))).extracting(Step::id).containsExactly("a.1");
        assertThat(map.upTo(stage(2))).extracting(Step::id).containsExactly("a.1", "b.2-1");
        assertThat(map.of(stage(2))).extracting(Step::id).containsExactly("b.2-1");
    }

    @Test
    @DisplayName("rows that are no step are kept apart")
    void unreadable() {
        assertThat(map.unreadable()).extracting(Row::line).containsExactly(5, 6);
    }

    private static Stage stage(int number) {
        return new Stage(number, Path.of("stage" + number + "-x"));
    }
}
