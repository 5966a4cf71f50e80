package dev.gserver.tools.check;

import dev.gserver.tools.check.StepMarks.Mark;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.notes.NotesMap;
import dev.gserver.tools.notes.NotesMap.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stage traces its steps of the notes, no others, and has a test for each. */
record Steps(Repository repository, Stage stage) implements Check {
    @Override
    public List<Verdict> verdicts() {
        List<Step> steps = repository.notes().upTo(stage);
        List<Mark> traced = StepMarks.traced(repository, stage);
        Set<String> ids = steps.stream().map(Step::id).collect(Collectors.toSet());
        return List.of(
                Verdict.of(
                        stage.name() + " traces its steps of the notes (" + ids.size() + ")",
                        missing(steps, traced.stream().map(Mark::id).collect(Collectors.toSet()), "no Trace.step in ")),
                Verdict.of(stage.name() + " traces no other step", others(traced, ids)),
                Verdict.of(
                        stage.name() + " has a test for each of them",
                        missing(steps, StepMarks.tested(repository, stage), "in no @DisplayName of ")));
    }

    private Stream<Fault> missing(List<Step> steps, Set<String> found, String what) {
        return steps.stream()
                .filter(step -> !found.contains(step.id()))
                .map(step -> new Fault(NotesMap.PAGE, step.line(), step.id() + ": " + what + stage.name()));
    }

    private static Stream<Fault> others(List<Mark> traced, Set<String> ids) {
        return traced.stream()
                .filter(mark -> !ids.contains(mark.id()))
                .map(mark -> new Fault(
                        mark.file(),
                        mark.line(),
                        mark.id() + ": expected a step of this stage or an earlier one in " + NotesMap.PAGE));
    }
}
