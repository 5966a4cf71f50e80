package dev.gserver.tools.exercise;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** What can be asked about the compiler's trees. */
final class Trees {
    private Trees() {}

    static boolean isConstructor(MethodTree method) {
        return method.getName().contentEquals("<init>");
    }

    static boolean isPrivate(Tree member) {
        return flags(member).contains(Modifier.PRIVATE);
    }

    static Set<Modifier> flags(Tree member) {
        if (member instanceof MethodTree method) {
            return method.getModifiers().getFlags();
        }
        return member instanceof VariableTree field ? field.getModifiers().getFlags() : Set.of();
    }

    /** All that is written of a method before its body. */
    static String signature(MethodTree method) {
        return method.getModifiers() + " " + method.getTypeParameters() + " " + method.getReturnType() + " "
                + method.getParameters() + " " + method.getThrows();
    }

    private static Optional<StatementTree> onlyStatement(MethodTree method) {
        List<? extends StatementTree> statements = method.getBody().getStatements();
        return statements.size() == 1 ? Optional.of(statements.get(0)) : Optional.empty();
    }

    /** Whether it does nothing but return a field, or set one to what it is given. */
    static boolean isAccessor(MethodTree method) {
        Optional<StatementTree> only = onlyStatement(method);
        if (isConstructor(method) || only.isEmpty()) {
            return false;
        }
        if (only.get() instanceof ReturnTree returned) {
            return method.getParameters().isEmpty() && isName(returned.getExpression());
        }
        return only.get() instanceof ExpressionStatementTree statement
                && statement.getExpression() instanceof AssignmentTree assignment
                && isName(assignment.getVariable())
                && isName(assignment.getExpression());
    }

    private static boolean isName(ExpressionTree tree) {
        return tree instanceof IdentifierTree
                || tree instanceof MemberSelectTree select
                        && select.getExpression().toString().equals("this");
    }

    /** Whether all that it does is to return something without being given anything. */
    static boolean isQuestion(MethodTree method) {
        return method.getParameters().isEmpty()
                && onlyStatement(method).filter(ReturnTree.class::isInstance).isPresent();
    }

    /** The call of another constructor that a constructor begins with. */
    static Optional<StatementTree> delegation(MethodTree method) {
        return method.getBody().getStatements().stream()
                .limit(isConstructor(method) ? 1 : 0)
                .filter(statement -> statement instanceof ExpressionStatementTree expression
                        && expression.getExpression() instanceof MethodInvocationTree call
                        && call.getMethodSelect() instanceof IdentifierTree name
                        && List.of("this", "super").contains(name.toString()))
                .map(StatementTree.class::cast)
                .findFirst();
    }

    /** The names that occur in {@code trees}. */
    static Set<String> names(Collection<? extends Tree> trees) {
        Set<String> names = new HashSet<>();
        TreeScanner<Void, Void> scanner = new TreeScanner<>() {
            @Override
            public Void visitIdentifier(IdentifierTree tree, Void unused) {
                names.add(tree.getName().toString());
                return null;
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
                if (tree.getExpression().toString().equals("this")) {
                    names.add(tree.getIdentifier().toString());
                }
                return super.visitMemberSelect(tree, unused);
            }
        };
        trees.forEach(tree -> scanner.scan(tree, null));
        return names;
    }

    /** The ids of the steps of the notes that {@code method} reports. */
    static Set<String> steps(MethodTree method) {
        Set<String> ids = new LinkedHashSet<>();
        TreeScanner<Void, Void> scanner = new TreeScanner<>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
                if (call.getMethodSelect().toString().equals("Trace.step")
                        && call.getArguments().get(0) instanceof LiteralTree id) {
                    ids.add(id.getValue().toString());
                }
                return super.visitMethodInvocation(call, unused);
            }
        };
        scanner.scan(method, null);
        return ids;
    }
}
