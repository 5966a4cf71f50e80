package dev.gserver.tools.exercise;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.common.JavaSource;
import java.util.Collection;
import java.util.HashSet;
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
        ModifiersTree modifiers =
                member instanceof MethodTree method ? method.getModifiers() : ((VariableTree) member).getModifiers();
        return modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    /** Its name; that of the class for a constructor. */
    static String name(MethodTree method, String className) {
        return isConstructor(method) ? className : method.getName().toString();
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
        for (Tree tree : trees) {
            JavaSource.all(IdentifierTree.class, tree)
                    .forEach(name -> names.add(name.getName().toString()));
            JavaSource.all(MemberSelectTree.class, tree).stream()
                    .filter(Trees::isName)
                    .forEach(name -> names.add(name.getIdentifier().toString()));
        }
        return names;
    }
}
