package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A source file that declares one type, cut into its parts: each character after the imports is in exactly one. */
final class SourceFile {
    private static final String STATIC = "import static ";

    private final JavaSource java;
    private final Type type;

    /** A type: the text up to its first member, its members, and the text after the last. */
    record Type(ClassTree tree, String header, List<Member> members, String tail) {
        String text() {
            return header + members.stream().map(Member::text).collect(Collectors.joining()) + tail;
        }

        String name() {
            return tree.getSimpleName().toString();
        }

        /** The member with that key; null if there is none. */
        Member find(String key) {
            return members.stream()
                    .filter(member -> member.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * A member with all the text that is its own, from the end of the member before it on. A method's text is cut in
     * three, so that its body can go; another member's is all in {@code head}; a nested type's is in {@code type}.
     */
    record Member(String key, Tree tree, String head, String body, String rest, Type type) {
        String text() {
            return type == null ? head + body + rest : type.text();
        }

        boolean isLike(Member other) {
            return text().strip().equals(other.text().strip());
        }
    }

    private SourceFile(JavaSource java) {
        this.java = java;
        int start = prologue().length();
        for (ImportTree tree : java.unit().getImports()) {
            start = Math.max(start, lineEnd(java.end(tree)));
        }
        this.type = type(java.type(), start, java.text().length());
    }

    /** The sources below {@code folder}, by path. */
    static Map<String, SourceFile> read(Path folder) {
        Map<String, SourceFile> sources = new TreeMap<>();
        JavaSource.parse(Folders.texts(folder))
                .sources()
                .forEach(java -> sources.put(java.path(), new SourceFile(java)));
        return sources;
    }

    JavaSource java() {
        return java;
    }

    Type type() {
        return type;
    }

    String path() {
        return java.path();
    }

    String text() {
        return java.text();
    }

    String name() {
        return type.name();
    }

    /** The text up to the imports. */
    String prologue() {
        return java.text().substring(0, lineEnd(java.end(java.unit().getPackage())));
    }

    List<String> imports() {
        return java.unit().getImports().stream()
                .map(tree -> (tree.isStatic() ? STATIC : "import ") + tree.getQualifiedIdentifier() + ";")
                .toList();
    }

    /** Those of {@code imports} that {@code body} needs, in their usual order, a blank line before each block. */
    static String imports(String body, Collection<String> imports) {
        var needed = new TreeSet<>(imports)
                .stream()
                        .filter(line -> isNeeded(line, body))
                        .collect(Collectors.partitioningBy(line -> line.startsWith(STATIC)));
        return block(needed.get(true)) + block(needed.get(false));
    }

    private static boolean isNeeded(String line, String body) {
        String name = line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
        return name.equals("*")
                || Pattern.compile("\\b" + name + "\\b").matcher(body).find();
    }

    private static String block(List<String> lines) {
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
    }

    private int lineEnd(int position) {
        int end = java.text().indexOf('\n', position);
        return end < 0 ? java.text().length() : end + 1;
    }

    private Type type(ClassTree tree, int from, int to) {
        int brace = java.code().indexOf('{', Math.max(java.start(tree), java.end(tree.getModifiers())));
        List<Tree> written = new ArrayList<>(tree.getMembers());
        written.removeIf(member -> java.start(member) <= brace); // a record's components, a constructor not written
        if (written.isEmpty()) {
            return new Type(tree, java.text().substring(from, to), List.of(), "");
        }
        int cursor = lineEnd(brace + 1);
        String header = java.text().substring(from, cursor);
        List<Member> members = new ArrayList<>();
        if (tree.getKind() == Tree.Kind.ENUM) {
            int end = endOfConstants(written);
            members.add(new Member("constants", tree, java.text().substring(cursor, end), "", "", null));
            cursor = end;
        }
        for (Tree member : written) {
            int end = lineEnd(java.end(member));
            members.add(member(member, cursor, end));
            cursor = end;
        }
        return new Type(tree, header, members, java.text().substring(cursor, to));
    }

    /** Takes the constants off {@code written} and returns where the text of the last one ends. */
    private int endOfConstants(List<Tree> written) {
        int end = 0;
        while (!written.isEmpty()
                && written.get(0) instanceof VariableTree variable
                && variable.getType() instanceof IdentifierTree
                && java.text().startsWith(variable.getName().toString(), java.start(variable))) {
            end = lineEnd(java.end(written.remove(0)));
        }
        return end;
    }

    private Member member(Tree tree, int from, int to) {
        String text = java.text();
        if (tree instanceof ClassTree nested) {
            return new Member("type " + nested.getSimpleName(), tree, "", "", "", type(nested, from, to));
        }
        if (tree instanceof MethodTree method && method.getBody() != null) {
            int start = java.start(method.getBody());
            int end = java.end(method.getBody());
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
