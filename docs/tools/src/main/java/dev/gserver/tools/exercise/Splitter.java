package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Cuts a source file into its parts, so that each character after the imports is in exactly one of them. */
final class Splitter {
    private static final Pattern COMMENT_OR_BRACE = Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\\{", Pattern.DOTALL);

    private final CompilationUnitTree unit;
    private final String text;
    private final DocTrees trees;

    Splitter(CompilationUnitTree unit, String text, DocTrees trees) {
        this.unit = unit;
        this.text = text;
        this.trees = trees;
    }

    SourceFile split(String path) {
        int prologueEnd = lineEnd(end(unit.getPackage()));
        int start = prologueEnd;
        for (ImportTree tree : unit.getImports()) {
            start = Math.max(start, lineEnd(end(tree)));
        }
        TypeText type = type((ClassTree) unit.getTypeDecls().get(0), start, text.length());
        return new SourceFile(path, text, text.substring(0, prologueEnd), type, unit, trees);
    }

    private int start(Tree tree) {
        return (int) trees.getSourcePositions().getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
        return (int) trees.getSourcePositions().getEndPosition(unit, tree);
    }

    private int lineEnd(int position) {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end + 1;
    }

    private TypeText type(ClassTree tree, int from, int to) {
        int bodyStart = brace(Math.max(start(tree), end(tree.getModifiers()))) + 1;
        List<Tree> written = new ArrayList<>(tree.getMembers());
        written.removeIf(member -> start(member) < bodyStart); // a record's components, a constructor not written
        if (written.isEmpty()) {
            return new TypeText(tree, text.substring(from, to), List.of(), "");
        }
        int cursor = lineEnd(bodyStart);
        String header = text.substring(from, cursor);
        List<Member> members = new ArrayList<>();
        if (tree.getKind() == Tree.Kind.ENUM) {
            int end = endOfConstants(written);
            members.add(new Member("constants", tree, text.substring(cursor, end), "", "", null));
            cursor = end;
        }
        for (Tree member : written) {
            int end = lineEnd(end(member));
            members.add(member(member, cursor, end));
            cursor = end;
        }
        return new TypeText(tree, header, members, text.substring(cursor, to));
    }

    /** Takes the constants off {@code written} and returns where the text of the last one ends. */
    private int endOfConstants(List<Tree> written) {
        int end = 0;
        while (!written.isEmpty()
                && written.get(0) instanceof VariableTree variable
                && variable.getType() instanceof IdentifierTree
                && text.startsWith(variable.getName().toString(), start(variable))) {
            end = lineEnd(end(written.remove(0)));
        }
        return end;
    }

    /** The brace that opens the body of the type whose modifiers end at {@code position}. */
    private int brace(int position) {
        Matcher matcher = COMMENT_OR_BRACE.matcher(text).region(position, text.length());
        while (matcher.find()) {
            if (matcher.group().equals("{")) {
                return matcher.start();
            }
        }
        throw new IllegalStateException(unit.getSourceFile().getName() + ": a type without a body");
    }

    private Member member(Tree tree, int from, int to) {
        if (tree instanceof ClassTree nested) {
            return new Member("type " + nested.getSimpleName(), tree, "", "", "", type(nested, from, to));
        }
        if (tree instanceof MethodTree method && method.getBody() != null) {
            int start = start(method.getBody());
            int end = end(method.getBody());
            String body = text.substring(start, end);
            return new Member(key(method), tree, text.substring(from, start), body, text.substring(end, to), null);
        }
        return new Member(key(tree), tree, text.substring(from, to), "", "", null);
    }

    private static String key(Tree tree) {
        if (tree instanceof MethodTree method) {
            return method.getName()
                    + method.getParameters().stream()
                            .map(parameter -> parameter.getType().toString())
                            .collect(Collectors.joining(",", "(", ")"));
        }
        return tree instanceof VariableTree field ? "field " + field.getName() : "initialiser";
    }
}
