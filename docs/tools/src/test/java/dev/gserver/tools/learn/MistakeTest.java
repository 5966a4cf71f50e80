package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests;
import dev.gserver.tools.learn.Mistake.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mistakes that are kept fit the stages; ./course mistakes makes them, and looks at the verdicts. */
class MistakeTest {
    private static final Project PROJECT = Project.ofProgram();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void eachFitsTheStageAndEachRungHasOne(int number) {
        Exercise exercise = new Exercise(PROJECT, PROJECT.stage(String.valueOf(number)));
        StageTests tests = new StageTests(exercise.stage());
        Map<String, Rung> rungs =
                exercise.ladder().rungs().stream().collect(Collectors.toMap(Rung::name, rung -> rung));
        List<Mistake> mistakes = Mistake.of(number);
        assertThat(mistakes).extracting(Mistake::name).doesNotHaveDuplicates();
        assertThat(mistakes.stream().map(Mistake::rung).collect(Collectors.toSet()))
                .isEqualTo(rungs.keySet());
        assertThat(mistakes).allSatisfy(mistake -> {
            assertThat(mistake.in(exercise.texts())).isNotEqualTo(exercise.texts());
            assertThat(tests.isOf(rungs.get(mistake.rung()), mistake.test())).isTrue();
        });
    }

    @Test
    void aChangeStandsInItsFileOnce() {
        Change change = new Change("A.java", List.of("one();", "two();"), List.of("two();"));
        assertThat(change.in("{\n    one();\n    two();\n}\n")).isEqualTo("{\ntwo();\n}\n");
        assertThatThrownBy(() -> change.in("one();\n\ntwo();\n")).hasMessageStartingWith("A.java: expected once");
        assertThatThrownBy(() -> change.in("one();\ntwo();\none();\ntwo();\n")).hasMessageContaining("one();");
    }

    @Test
    void aVerdictIsShownAndAnUnknownMistakeRefused() {
        Tool.Result shown = Tool.call(PROJECT, "mistakes", "1", "blocking-port");
        assertThat(shown.out()).startsWith("ok    1  blocking-port ").contains("wrong: gsx_open_listening_sockets.3");
        assertThat(shown.exitCode()).isZero();
        assertThat(Tool.call(PROJECT, "mistakes", "1", "none").err())
                .startsWith("course: mistakes: 'none': expected one of reuse-after-bind, ");
    }
}
