package dev.gserver.tools.check;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.gserver.tools.common.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where a stage speaks of the notes' steps: the calls of Trace.step, and the display names of its tests. */
final class StepMarks {
    private static final Pattern ID = Pattern.compile("[A-Za-z_]+\\.[A-Za-z0-9-]+");

    /** The place of an id. */
    record Mark(String id, String file, int line) {}

    private StepMarks() {}

    static List<Mark> traced(Repository repository, Stage stage) {
        List<Mark> marks = new ArrayList<>();
        for (JavaSource source : repository.sources(stage.main())) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                    if (call.getMethodSelect().toString().equals("Trace.step")) {
                        String id = text(call.getArguments().get(0));
                        marks.add(new Mark(id, source.name(), source.line(call)));
                    }
                    return super.visitMethodInvocation(call, unused);
                }
            }.scan(source.unit(), null);
        }
        return marks;
    }

    static List<Mark> tested(Repository repository, Stage stage) {
        List<Mark> marks = new ArrayList<>();
        for (JavaSource source : repository.sources(stage.tests())) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitAnnotation(AnnotationTree annotation, Void unused) {
                    if (annotation.getAnnotationType().toString().equals("DisplayName")) {
                        ID.matcher(text(annotation))
                                .results()
                                .forEach(id -> marks.add(new Mark(id.group(), source.name(), source.line(annotation))));
                    }
                    return null;
                }
            }.scan(source.unit(), null);
        }
        return marks;
    }

    /** The texts in {@code tree}, put together. */
    private static String text(Tree tree) {
        StringBuilder text = new StringBuilder();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void unused) {
                text.append(literal.getValue());
                return null;
            }
        }.scan(tree, null);
        return text.toString();
    }
}
