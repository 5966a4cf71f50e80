package dev.gserver.tools.exercise;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The lines that import what a text mentions. */
final class Imports {
    private static final String STATIC = "import static ";

    private Imports() {}

    /** Those of {@code imports} that {@code body} needs, in their usual order, a blank line before each block. */
    static String of(String body, Collection<String> imports) {
        List<String> needed = new TreeSet<>(imports)
                .stream().filter(line -> isNeeded(line, body)).toList();
        return block(needed.stream().filter(line -> line.startsWith(STATIC)).toList())
                + block(needed.stream().filter(line -> !line.startsWith(STATIC)).toList());
    }

    private static boolean isNeeded(String line, String body) {
        String name = line.substring(line.lastIndexOf('.') + 1, line.length() - 1);
        return name.equals("*")
                || Pattern.compile("\\b" + name + "\\b").matcher(body).find();
    }

    private static String block(List<String> lines) {
        return lines.isEmpty() ? "" : "\n" + String.join("\n", lines) + "\n";
    }
}
