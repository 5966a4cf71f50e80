package dev.gserver.tools.exercise;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import dev.gserver.tools.common.JavaSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body that stands where one is to be written: it throws an exception that says so. The texts of the course's body
 * stand before it, as tests look for them: what is written is for the learner to find, how it is worded is not.
 */
public final class Hole {
    /** What such an exception says; the first group is the body's name. */
    public static final Pattern TEXT = Pattern.compile("TODO ([A-Z][\\w.]*\\.\\w+): .*");

    private static final Pattern WHOLE = Pattern.compile("Trace\\.step|warnings\\.(warn|error)|.*\\.log");
    private static final int WIDTH = 120;

    private Hole() {}

    /** Whether the hole for a body of that name is in the text of a file. */
    public static int find(String text, String name) {
        return text.indexOf("\"TODO " + name + ": ");
    }

    /** @param what the body has to do */
    static String in(Body body, String what) {
        String outer = " ".repeat(body.indent());
        String inner = outer + "    ";
        String first = body.delegation().map(call -> inner + call + "\n").orElse("");
        return "{\n" + first + texts(inner, body) + thrown(inner, "TODO " + body.name() + ": " + what) + outer + "}";
    }

    /** The calls of Trace.step and of the log, whose level counts too, and what else has a text in it, each in a comment. */
    private static String texts(String indent, Body body) {
        Set<String> texts = new LinkedHashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree part, Void unused) {
                boolean isWhole = part instanceof MethodInvocationTree call
                        && WHOLE.matcher(call.getMethodSelect().toString()).matches();
                boolean isText = part instanceof LiteralTree || part instanceof BinaryTree;
                if (isWhole || isText && hasText(part)) {
                    texts.add(body.source()
                            .text()
                            .substring(body.source().start(part), body.source().end(part))
                            .replaceAll("\\n\\s*\\.", ".")
                            .replaceAll("\\s+", " "));
                    return null;
                }
                return super.scan(part, unused);
            }
        }.scan(body.block(), null);
        StringBuilder out = new StringBuilder();
        String start = "// Texts: ";
        for (String text : texts) {
            out.append(comment(indent + start, indent + "//            ", text));
            start = "//        ";
        }
        return out.toString();
    }

    private static boolean hasText(Tree part) {
        return JavaSource.all(LiteralTree.class, part).stream()
                .anyMatch(literal -> literal.getKind() == Tree.Kind.STRING_LITERAL);
    }

    private static String comment(String start, String more, String text) {
        StringBuilder out = new StringBuilder(start);
        int column = start.length();
        for (String word : text.split("(?<= )")) {
            if (column + word.stripTrailing().length() > WIDTH && column > more.length()) {
                out.append('\n').append(more);
                column = more.length();
            }
            out.append(word);
            column += word.length();
        }
        return out.append('\n').toString().replaceAll(" +\n", "\n");
    }

    private static String thrown(String indent, String message) {
        String start = indent + "throw new UnsupportedOperationException(";
        String quoted = quote(message);
        if (start.length() + quoted.length() + 2 <= WIDTH) {
            return start + quoted + ");\n";
        }
        String more = indent + "        ";
        return start + "\n" + more + folded(message, more) + ");\n";
    }

    /** A long message in pieces, one a line. */
    private static String folded(String message, String indent) {
        StringBuilder out = new StringBuilder();
        int room = WIDTH - indent.length() - 6;
        String left = message;
        String between = "";
        while (!left.isEmpty()) {
            int cut = left.length() <= room ? left.length() : left.lastIndexOf(' ', room) + 1;
            cut = cut == 0 ? left.length() : cut;
            out.append(between).append(quote(left.substring(0, cut)));
            left = left.substring(cut);
            between = "\n" + indent + "        + ";
            room = WIDTH - indent.length() - 14;
        }
        return out.toString();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
