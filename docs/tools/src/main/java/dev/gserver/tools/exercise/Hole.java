package dev.gserver.tools.exercise;

import com.sun.source.tree.MethodTree;
import dev.gserver.tools.exercise.Cutter.Todo;

/** The body that stands where one is to be written: it throws an exception that says so. */
final class Hole {
    private static final int WIDTH = 120;

    private Hole() {}

    /** @param head the method's text up to its body */
    static String in(String head, MethodTree method, Todo todo) {
        int columns = head.lines()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        String outer = " ".repeat(columns);
        String inner = outer + "    ";
        String first = Trees.delegation(method).map(call -> inner + call + "\n").orElse("");
        return "{\n" + first + thrown(inner, todo.message()) + outer + "}";
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
