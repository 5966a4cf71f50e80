package dev.gserver.tools.exercise;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import dev.gserver.tools.common.JavaSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A body in a source file that somebody can write.
 *
 * @param name class and method, such as Client.hasLeft or Outbox.Entry.size; of a constructor EventLoop.EventLoop.
 *     Methods that are overloaded have one name together
 */
public record Body(String name, JavaSource source, ClassTree owner, MethodTree method) {
    /** The bodies in {@code sources}, in order. One that only calls another constructor has nothing to write. */
    public static List<Body> in(Collection<JavaSource> sources) {
        return all(sources).stream()
                .filter(body -> hasSomethingToWrite(body.method()))
                .toList();
    }

    /** All bodies in {@code sources}, in order. */
    public static List<Body> all(Collection<JavaSource> sources) {
        List<Body> bodies = new ArrayList<>();
        for (JavaSource source : sources) {
            source.types()
                    .forEach(type -> add(source, type, type.getSimpleName().toString(), bodies));
        }
        return bodies;
    }

    private static void add(JavaSource source, ClassTree type, String name, List<Body> bodies) {
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                add(source, nested, name + "." + nested.getSimpleName(), bodies);
            } else if (member instanceof MethodTree method
                    && method.getBody() != null
                    && source.end(method.getBody()) > 0) { // a constructor that is not written has none
                String own = isConstructor(method)
                        ? type.getSimpleName().toString()
                        : method.getName().toString();
                bodies.add(new Body(name + "." + own, source, type, method));
            }
        }
    }

    private static boolean hasSomethingToWrite(MethodTree method) {
        return method.getBody().getStatements().size() > (delegation(method).isPresent() ? 1 : 0);
    }

    private static boolean isConstructor(MethodTree method) {
        return method.getName().contentEquals("<init>");
    }

    /** The call of another constructor that a constructor begins with. */
    private static Optional<StatementTree> delegation(MethodTree method) {
        return method.getBody().getStatements().stream()
                .limit(isConstructor(method) ? 1 : 0)
                .filter(statement -> statement instanceof ExpressionStatementTree expression
                        && expression.getExpression() instanceof MethodInvocationTree call
                        && call.getMethodSelect() instanceof IdentifierTree name
                        && List.of("this", "super").contains(name.toString()))
                .map(StatementTree.class::cast)
                .findFirst();
    }

    Optional<StatementTree> delegation() {
        return delegation(method);
    }

    boolean isConstructor() {
        return isConstructor(method);
    }

    /** The line where the method's name and parameters begin, after its comment and annotations. */
    public int line() {
        return source.line(method);
    }

    /** Where its braces are in the text of its file. */
    int start() {
        return source.start(method.getBody());
    }

    public int end() {
        return source.end(method.getBody());
    }

    /** Where its own code begins: after the brace, or after the call of another constructor. */
    public int afterStart() {
        return delegation().map(call -> source.end(call)).orElse(start() + 1);
    }

    /** The method as it is written, from its first annotation or word to its end, moved to the left margin. */
    public String text() {
        int lineStart = source.text().lastIndexOf('\n', source.start(method)) + 1;
        return source.text().substring(lineStart, end()).stripIndent();
    }

    /** The same for what is between its braces. */
    public BlockTree block() {
        return method.getBody();
    }

    /** The columns that it stands from the margin. */
    int indent() {
        int start = source.start(method);
        return start - source.text().lastIndexOf('\n', start) - 1;
    }
}
