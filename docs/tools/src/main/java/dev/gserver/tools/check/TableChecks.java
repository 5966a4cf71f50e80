package dev.gserver.tools.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.NotesMap.Step;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of steps and of faults: they can be read, and stages have the code and the tests that they name. */
record TableChecks(Repository repository) {
    private static final String FAULTS = "docs/faults.md";
    private static final String ROW = ".* \\| [1-5] \\| `[A-Za-z]+`";
    private static final Pattern ID = Pattern.compile("[A-Za-z_]+\\.[A-Za-z0-9-]+");

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        repository.stages().forEach(stage -> verdicts.addAll(steps(stage)));
        Set<String> seen = new HashSet<>();
        String expected = ": expected `id`, stage, text, `Class.method`, `Test`";
        verdicts.add(Verdict.of(
                NotesMap.PAGE + " is well-formed",
                repository.notes().unreadable().stream()
                        .map(row -> new Fault(NotesMap.PAGE, row.line(), row.cells() + expected))));
        verdicts.add(Verdict.of(
                NotesMap.PAGE + " has each step once",
                repository.notes().steps().stream()
                        .filter(step -> !seen.add(step.id()))
                        .map(step -> fault(step, "is there twice"))));
        verdicts.add(Verdict.of(
                NotesMap.PAGE + " names code and tests that exist",
                repository.stages().stream().flatMap(this::unknownNames)));
        verdicts.addAll(faults());
        return verdicts;
    }

    private static Fault fault(Step step, String text) {
        return new Fault(NotesMap.PAGE, step.line(), step.id() + ": " + text);
    }

    /** A stage traces its steps of the notes, no others, and has a test for each. */
    private List<Verdict> steps(Stage stage) {
        List<Step> steps = repository.notes().upTo(stage);
        Set<String> ids = steps.stream().map(Step::id).collect(Collectors.toSet());
        Set<String> traced = new HashSet<>();
        List<Fault> others = new ArrayList<>();
        for (JavaSource source : repository.sources(stage.main())) {
            for (var call : source.steps(source.unit())) {
                traced.add(call.id());
                if (!ids.contains(call.id())) {
                    String text = call.id() + ": expected a step of this stage or an earlier one in " + NotesMap.PAGE;
                    others.add(new Fault(source.path(), call.line(), text));
                }
            }
        }
        return List.of(
                Verdict.of(
                        stage.name() + " traces its steps of the notes (" + ids.size() + ")",
                        missing(steps, traced, "no Trace.step in " + stage.name())),
                Verdict.of(stage.name() + " traces no other step", others.stream()),
                Verdict.of(
                        stage.name() + " has a test for each of them",
                        missing(steps, tested(stage), "in no @DisplayName of " + stage.name())));
    }

    private static Stream<Fault> missing(List<Step> steps, Set<String> found, String text) {
        return steps.stream().filter(step -> !found.contains(step.id())).map(step -> fault(step, text));
    }

    private Set<String> tested(Stage stage) {
        return repository.sources(stage.tests()).stream()
                .flatMap(source -> source.all(AnnotationTree.class).stream())
                .filter(annotation -> annotation.getAnnotationType().toString().equals("DisplayName"))
                .flatMap(annotation -> ID.matcher(JavaSource.textIn(annotation)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private Stream<Fault> unknownNames(Stage stage) {
        Set<String> methods = repository.sources(stage.main()).stream()
                .flatMap(source -> source.all(ClassTree.class).stream())
                .flatMap(TableChecks::methods)
                .collect(Collectors.toSet());
        return repository.notes().of(stage).stream().flatMap(step -> Stream.of(step.code(), step.test())
                .filter(name -> !methods.contains(name) && !repository.hasTest(stage, name))
                .map(name -> fault(step, "no " + name + " in " + stage.name())));
    }

    /** Each as Class.method; a constructor has the name of its class. */
    private static Stream<String> methods(ClassTree owner) {
        return owner.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(method -> ((MethodTree) method).getName().toString().replace("<init>", owner.getSimpleName()))
                .map(method -> owner.getSimpleName() + "." + method);
    }

    /** The rows of docs/faults.md end with a stage and a test, which is in that stage and in the later ones. */
    private List<Verdict> faults() {
        List<Row> rows = repository.page(Path.of(FAULTS)).map(Page::rows).orElse(List.of());
        List<Row> unreadable = rows.stream()
                .filter(row -> !String.join(" | ", row.cells()).matches(ROW))
                .toList();
        List<Row> readable =
                rows.stream().filter(row -> !unreadable.contains(row)).toList();
        String expected = ": expected a stage and a `Test` at its end";
        return List.of(
                Verdict.of(
                        FAULTS + " is well-formed",
                        unreadable.stream().map(row -> new Fault(FAULTS, row.line(), row.cells() + expected))),
                Verdict.of(
                        FAULTS + " names tests that exist (" + readable.size() + ")",
                        readable.stream().flatMap(this::missingTests)));
    }

    private static String fromEnd(Row row, int number) {
        return row.cells().get(row.cells().size() - number);
    }

    private Stream<Fault> missingTests(Row row) {
        String test = fromEnd(row, 1).replace("`", "");
        return repository.stages().stream()
                .filter(stage ->
                        stage.number() >= Integer.parseInt(fromEnd(row, 2)) && !repository.hasTest(stage, test))
                .map(stage -> new Fault(FAULTS, row.line(), "no " + test + " in " + stage.name()));
    }
}
