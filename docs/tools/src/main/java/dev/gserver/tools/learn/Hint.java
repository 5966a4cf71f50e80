package dev.gserver.tools.learn;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.JavaSource.StepCall;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Body;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Rung;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hints for a body, each telling more. They are made of the chapter and of the course's own body, so they are never old. */
public final class Hint {
    public static final int LEVELS = 3;

    private static final Map<Class<? extends Tree>, String> SHAPES = shapes();

    private Hint() {}

    private static Map<Class<? extends Tree>, String> shapes() {
        Map<Class<? extends Tree>, String> shapes = new LinkedHashMap<>();
        shapes.put(TryTree.class, "try");
        shapes.put(WhileLoopTree.class, "while");
        shapes.put(DoWhileLoopTree.class, "do");
        shapes.put(ForLoopTree.class, "for");
        shapes.put(EnhancedForLoopTree.class, "for each");
        shapes.put(IfTree.class, "if");
        shapes.put(LambdaExpressionTree.class, "a lambda");
        return shapes;
    }

    /**
     * What is told at {@code level}: 1, where it is explained and the step of the notes; 2, what the course's body is made
     * of; 3, the body.
     */
    public static String of(Project project, Exercise exercise, String name, int level) {
        List<Body> bodies = exercise.bodies(name);
        Rung rung = exercise.ladder()
                .of(name)
                .orElseThrow(() -> Refusal.ofArguments("'" + name + "': expected a body to write, one of "
                        + String.join(", ", exercise.ladder().bodies())));
        Texts texts = project.texts();
        String title = texts.get("hint.title", level, LEVELS, name) + "\n";
        return title
                + bodies.stream()
                        .map(body -> level == 1
                                ? about(project, exercise, rung, body)
                                : level == 2 ? parts(body, texts) : body.text())
                        .collect(Collectors.joining("\n"))
                        .indent(2);
    }

    private static String about(Project project, Exercise exercise, Rung rung, Body body) {
        StringBuilder out = new StringBuilder(exercise.what(body) + "\n");
        body.source().steps(body.method()).stream().map(StepCall::id).distinct().forEach(id -> exercise.notes()
                .step(id)
                .ifPresent(step -> out.append(project.texts().get("hint.step", id, step.what()))
                        .append('\n')));
        return out + project.texts().get("learn.explained", exercise.section(project, rung));
    }

    private static String parts(Body body, Texts texts) {
        Set<String> calls = new LinkedHashSet<>();
        for (ExpressionTree part : JavaSource.all(ExpressionTree.class, body.block())) {
            if (part instanceof MethodInvocationTree call) {
                String name = oneLine(call.getMethodSelect());
                calls.add(
                        name.equals("Trace.step")
                                ? "Trace.step(" + call.getArguments().get(0) + ")"
                                : name);
            } else if (part instanceof NewClassTree made) {
                calls.add("new " + made.getIdentifier());
            }
        }
        List<String> shape = new ArrayList<>();
        SHAPES.forEach((kind, word) -> {
            if (!JavaSource.all(kind, body.block()).isEmpty()) {
                shape.add(word);
            }
        });
        return texts.get("hint.statements", body.block().getStatements().size())
                + (shape.isEmpty() ? "" : "\n" + texts.get("hint.shape", String.join(", ", shape)))
                + (calls.isEmpty() ? "" : "\n" + texts.get("hint.calls", String.join(", ", calls)));
    }

    private static String oneLine(Tree tree) {
        return tree.toString().replaceAll("\\s+", " ").replaceAll("\\(.*\\)\\.", "(...).");
    }
}
