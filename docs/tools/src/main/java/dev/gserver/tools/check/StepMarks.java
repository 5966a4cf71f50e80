package dev.gserver.tools.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.gserver.tools.common.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a stage speaks of the notes' steps: the calls of Trace.step, and the display names of its tests. */
final class StepMarks {
    private static final Pattern ID = Pattern.compile("[A-Za-z_]+\\.[A-Za-z0-9-]+");

    /** The call that has an id. */
    record Mark(String id, String file, int line) {}

    private StepMarks() {}

    static List<Mark> traced(Repository repository, Stage stage) {
        List<Mark> marks = new ArrayList<>();
        for (JavaSource source : repository.sources(stage.main())) {
            source.all(MethodInvocationTree.class).stream()
                    .filter(call -> call.getMethodSelect().toString().equals("Trace.step"))
                    .map(call -> new Mark(text(call.getArguments().get(0)), source.name(), source.line(call)))
                    .forEach(marks::add);
        }
        return marks;
    }

    static Set<String> tested(Repository repository, Stage stage) {
        return repository.sources(stage.tests()).stream()
                .flatMap(source -> source.all(AnnotationTree.class).stream())
                .filter(annotation -> annotation.getAnnotationType().toString().equals("DisplayName"))
                .flatMap(annotation -> ID.matcher(text(annotation)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** The texts in {@code tree}, put together. */
    private static String text(Tree tree) {
        return JavaSource.all(LiteralTree.class, tree).stream()
                .map(literal -> String.valueOf(literal.getValue()))
                .collect(Collectors.joining());
    }
}
