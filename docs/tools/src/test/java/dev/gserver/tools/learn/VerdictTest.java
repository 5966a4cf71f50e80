package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests;
import dev.gserver.tools.exercise.StageTests.Case;
import dev.gserver.tools.exercise.Workspace;
import dev.gserver.tools.learn.Attempt.Tested;
import dev.gserver.tools.learn.vm.Wire;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    private static final Project COURSE = Project.ofProgram();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("where to look: if the test has run nothing of its rung, that is said")
    void tellsThatNothingOfTheRungHasRun() {
        assertThat(verdict(List.of("ListeningSockets.open")))
                .contains(
                        "next: find out why. The test has run no body of this rung: GServer.startLayers, GServer.start,"
                                + " GServer.startLine, GServer.close\n"
                                + "      of rung 1, ports: ListeningSockets.open\n");
    }

    @Test
    @DisplayName("where to look: if nobody knows what was run, as the JVM is gone, all bodies of the rung")
    void tellsWhereToLookIfTheJvmIsGone() {
        assertThat(verdict(List.of()))
                .contains("next: find out why. The bodies of this rung: GServer.startLayers, GServer.start,"
                        + " GServer.startLine, GServer.close; or one of an earlier rung\n");
    }

    @Test
    @Timeout(120)
    @DisplayName("what is wrong is told although a body of the rung is missing, also behind tests that run that one")
    void tellsWhatIsWrongBeforeAllIsWritten() throws Exception {
        Exercise exercise = new Exercise(COURSE, COURSE.stage("5"));
        Path mine = folder.resolve("mine");
        Workspace.write(COURSE, exercise, mine);
        exercise.without(List.of("HeartbeatCheck.check"))
                .forEach((file, text) -> Folders.write(
                        mine.resolve(Workspace.MAIN).resolve(file),
                        text.replace("queue.add(entry, now);", "queue.add(entry, now + 5_000_000_000L);")));
        try (Learn learn = new Learn(new Project(COURSE.home(), folder), exercise.stage(), mine)) {
            Attempt attempt = learn.look();
            assertThat(attempt.tests())
                    .filteredOn(each -> each.result() != null && !each.passed())
                    .as("the first runs what is missing")
                    .hasSizeGreaterThan(1);
            assertThat(learn.verdict(attempt))
                    .contains("rung 2 of 4 is red, a client comes in: ", "the test: TimerMonitorTest.")
                    .contains("next: find out why. What the test has run of this rung: ")
                    .doesNotContain("TODO", "next: write");
        }
    }

    /** Of an attempt whose rung 1 is green, and whose first test of rung 2 has run {@code bodies} and failed. */
    private String verdict(List<String> bodies) {
        Exercise exercise = new Exercise(COURSE, COURSE.stage("1"));
        List<Tested> tests = new ArrayList<>();
        for (Rung rung : exercise.ladder().rungs()) {
            for (Case test : new StageTests(exercise.stage()).of(rung)) {
                boolean passed = rung.number() == 1;
                Thrown thrown = passed ? null : new Thrown("", "gone", List.of());
                tests.add(new Tested(
                        rung, test, new Wire.Result(0, passed, 0, thrown, null, List.of(), null, List.of(), bodies)));
            }
        }
        Attempt attempt = new Attempt(exercise.ladder().rungs(), exercise.texts(), List.of(), tests);
        return Verdict.of(COURSE, exercise, folder, attempt, new Progress(folder));
    }
}
