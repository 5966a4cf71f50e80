package dev.gserver.tools.diff;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of a page. */
final class Html {
    private static final String KEYWORDS = "abstract|assert|boolean|break|byte|case|catch|char|class|continue|"
            + "default|do|double|else|enum|extends|final|finally|float|for|if|implements|import|instanceof|int|"
            + "interface|long|native|new|package|private|protected|public|record|return|short|static|super|switch|"
            + "synchronized|this|throw|throws|transient|try|var|void|volatile|while|true|false|null";
    private static final Pattern TOKEN = Pattern.compile("(?<c>/\\*.*|^\\s*\\*.*|//.*)"
            + "|(?<s>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
            + "|(?<a>@\\w+)|(?<k>\\b(?:" + KEYWORDS + ")\\b)|(?<n>\\b\\d\\w*)");
    private static final List<String> CLASSES = List.of("c", "s", "a", "k", "n");
    private static final Pattern BREAK = Pattern.compile("(?<=[\\w)])\\.(?=[a-z])"); // where long lines break best

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String counts(int added, int gone) {
        return "<span class=plus>+" + added + "</span> <span class=minus>\u2212" + gone + "</span>";
    }

    /** A line with colours for comments, texts and words of the language; what is marked inside of {@code element}. */
    static String paint(String text, BitSet marks, String element) {
        byte[] classes = classes(text);
        StringBuilder out = new StringBuilder();
        int start = 0;
        while (start < text.length()) {
            int end = start + 1;
            while (end < text.length() && classes[end] == classes[start] && marks.get(end) == marks.get(start)) {
                end++;
            }
            String part = BREAK.matcher(escape(text.substring(start, end))).replaceAll("<wbr>.");
            byte kind = classes[start];
            String painted = kind == 0 ? part : "<i class=" + CLASSES.get(kind - 1) + ">" + part + "</i>";
            out.append(
                    marks.get(start) && !marks.get(start - 1 < 0 ? text.length() : start - 1)
                            ? "<" + element + ">"
                            : "");
            out.append(painted);
            out.append(marks.get(start) && !marks.get(end) ? "</" + element + ">" : "");
            start = end;
        }
        return out.toString();
    }

    /** By character: 0, or 1 + the index of its class. */
    private static byte[] classes(String text) {
        byte[] classes = new byte[text.length()];
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            for (int i = 0; i < CLASSES.size(); i++) {
                if (token.group(CLASSES.get(i)) != null) {
                    Arrays.fill(classes, token.start(), token.end(), (byte) (i + 1));
                }
            }
        }
        return classes;
    }
}
