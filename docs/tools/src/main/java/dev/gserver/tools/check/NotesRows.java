package dev.gserver.tools.check;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.notes.NotesMap;
import dev.gserver.tools.notes.NotesMap.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of docs/notes-map.md can be read, and name what there is. */
record NotesRows(Repository repository) implements Check {
    @Override
    public List<Verdict> verdicts() {
        NotesMap notes = repository.notes();
        Set<String> seen = new HashSet<>();
        return List.of(
                Verdict.of(
                        NotesMap.PAGE + " is well-formed",
                        notes.unreadable().stream()
                                .map(row -> new Fault(
                                        NotesMap.PAGE,
                                        row.line(),
                                        row.cells() + ": expected `id`, stage, text, `Class.method`, `Test`"))),
                Verdict.of(
                        NotesMap.PAGE + " has each step once",
                        notes.steps().stream()
                                .filter(step -> !seen.add(step.id()))
                                .map(step -> fault(step, "is there twice"))),
                Verdict.of(
                        NotesMap.PAGE + " names code and tests that exist",
                        repository.stages().stream().flatMap(this::unknownNames)));
    }

    private static Fault fault(Step step, String text) {
        return new Fault(NotesMap.PAGE, step.line(), step.id() + ": " + text);
    }

    private Stream<Fault> unknownNames(Stage stage) {
        Set<String> methods = repository.sources(stage.main()).stream()
                .flatMap(source -> source.all(ClassTree.class).stream())
                .flatMap(NotesRows::methods)
                .collect(Collectors.toSet());
        List<Fault> faults = new ArrayList<>();
        for (Step step : repository.notes().of(stage)) {
            if (!methods.contains(step.code())) {
                faults.add(fault(step, "no " + step.code() + " in " + stage.name()));
            }
            if (!repository.hasTest(stage, step.test())) {
                faults.add(fault(step, "no " + step.test() + " in " + stage.name()));
            }
        }
        return faults.stream();
    }

    /** Each as Class.method; a constructor has the name of its class. */
    private static Stream<String> methods(ClassTree owner) {
        return owner.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(method -> ((MethodTree) method).getName().toString().replace("<init>", owner.getSimpleName()))
                .map(method -> owner.getSimpleName() + "." + method);
    }
}
