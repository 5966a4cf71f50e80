package dev.gserver.tools.common;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import java.util.ArrayList;
import java.util.List;

/** The sentences of a program's source, as a bundle has them: with places such as {0} for what is not literal. */
public final class English {
    private English() {}

    public static String sentence(ExpressionTree text) {
        StringBuilder sentence = new StringBuilder();
        int values = 0;
        for (ExpressionTree part : parts(text)) {
            sentence.append(part instanceof LiteralTree literal ? literal.getValue() : "{" + values++ + "}");
        }
        return sentence.toString().replace("\n", " ");
    }

    private static List<ExpressionTree> parts(ExpressionTree text) {
        if (!(text instanceof BinaryTree sum)) {
            return List.of(text);
        }
        List<ExpressionTree> parts = new ArrayList<>(parts(sum.getLeftOperand()));
        parts.add(sum.getRightOperand());
        return parts;
    }
}
