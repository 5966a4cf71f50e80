package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests;
import dev.gserver.tools.markdown.NotesMap.Step;
import dev.gserver.tools.markdown.Page;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rungs.txt says of the stages of this checkout is true. */
class RungsTest {
    private static final Project PROJECT = Project.ofProgram();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatARungNamesIsThere(int number) {
        Stage stage = PROJECT.stage(String.valueOf(number));
        Exercise exercise = new Exercise(PROJECT, stage);
        StageTests tests = new StageTests(stage);
        Page chapter = Page.read(PROJECT.home(), "docs/" + stage.name() + ".md");
        assertThat(exercise.ladder().rungs()).isNotEmpty();
        assertThat(exercise.ladder().bodies())
                .doesNotHaveDuplicates()
                .allSatisfy(body -> assertThat(exercise.bodies(body)).as(body).isNotEmpty());
        for (Rung rung : exercise.ladder().rungs()) {
            assertThat(rung.bodies()).as(rung.name()).hasSizeBetween(3, 8);
            assertThat(rung.tests())
                    .allSatisfy(test -> assertThat(tests.find(test)).as(test).isNotEmpty());
            assertThat(chapter.anchors()).as(rung.name()).contains(rung.section());
        }
    }

    /** With the bodies of later rungs missing, the tests of a rung are green; without any of its own they are not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    @Tag("slow")
    void eachRungIsGreenByItselfAndSeesEachOfItsBodies(int number) throws Exception {
        Exercise exercise = new Exercise(PROJECT, PROJECT.stage(String.valueOf(number)));
        Set<String> written = new HashSet<>();
        Set<String> heard = new HashSet<>();
        try (Runner runner = new Runner(PROJECT, exercise)) {
            for (Rung rung : exercise.ladder().rungs()) {
                written.addAll(rung.bodies());
                Attempt whole = run(runner, rung, exercise.without(later(exercise, written)));
                assertThat(whole.failed().map(failed -> failed.test().name() + ": " + failed.result()))
                        .as("%s, without what comes after it", rung.name())
                        .isEmpty();
                heard.addAll(whole.steps());
                for (String body : rung.bodies()) {
                    assertThat(run(runner, rung, exercise.without(List.of(body)))
                                    .failed())
                            .as("stage %s, %s, without %s", number, rung.name(), body)
                            .isPresent();
                }
            }
        }
        assertThat(heard)
                .as("steps of the notes that a learner's code is heard to carry out")
                .containsAll(exercise.notes().of(exercise.stage()).stream()
                        .map(Step::id)
                        .toList());
    }

    private static List<String> later(Exercise exercise, Collection<String> written) {
        return exercise.ladder().bodies().stream()
                .filter(body -> !written.contains(body))
                .toList();
    }

    private static Attempt run(Runner runner, Rung rung, Map<String, String> texts) throws InterruptedException {
        Attempt attempt = runner.run(texts, List.of(rung), what -> {});
        assertThat(attempt.problems()).isEmpty();
        return attempt;
    }
}
