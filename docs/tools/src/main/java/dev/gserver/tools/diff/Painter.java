package dev.gserver.tools.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of one file as HTML, with colours for comments, texts and words of the language. */
final class Painter {
    private static final String KEYWORDS = "abstract|assert|boolean|break|byte|case|catch|char|class|continue|"
            + "default|do|double|else|enum|extends|final|finally|float|for|if|implements|import|instanceof|int|"
            + "interface|long|native|new|package|private|protected|public|record|return|short|static|super|switch|"
            + "synchronized|this|throw|throws|transient|try|var|void|volatile|while|true|false|null";
    private static final Pattern TOKEN = Pattern.compile(
            "(?<c>/\\*.*?\\*/|//[^\\n]*)"
                    + "|(?<s>\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')"
                    + "|(?<a>@\\w+)|(?<k>\\b(?:" + KEYWORDS + ")\\b)|(?<n>\\b\\d\\w*)",
            Pattern.DOTALL);
    private static final List<String> CLASSES = List.of("c", "s", "a", "k", "n");
    private static final Pattern BREAK = Pattern.compile("(?<=[\\w)])\\.(?=[a-z])"); // where long lines break best

    private final List<String> lines;
    private final List<Integer> starts = new ArrayList<>();
    private final byte[] classes; // by character: 0, or 1 + the index of its class

    /** Paints one side of {@code change}; no colours where it is not Java. */
    Painter(FileChange change, char side) {
        this.lines = change.side(side);
        int start = 0;
        for (String line : lines) {
            starts.add(start);
            start += line.length() + 1;
        }
        this.classes = new byte[start];
        if (change.name().endsWith(".java")) {
            classify(String.join("\n", lines));
        }
    }

    private void classify(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            for (int i = 0; i < CLASSES.size(); i++) {
                if (matcher.group(CLASSES.get(i)) != null) {
                    Arrays.fill(classes, matcher.start(), matcher.end(), (byte) (i + 1));
                }
            }
        }
    }

    int size() {
        return lines.size();
    }

    /** Line {@code number} as it is; none for -1. */
    String plain(int number) {
        return number < 0 ? "" : lines.get(number);
    }

    /** Line {@code number} with the characters in {@code marks} inside {@code element}, ins or del. */
    String line(int number, BitSet marks, String element) {
        String text = lines.get(number);
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            boolean marked = marks.get(i);
            int end = marked ? marks.nextClearBit(i) : marks.nextSetBit(i);
            end = end < 0 ? text.length() : Math.min(end, text.length());
            String painted = painted(starts.get(number), text, i, end);
            out.append(marked ? "<" + element + ">" + painted + "</" + element + ">" : painted);
            i = end;
        }
        return out.toString();
    }

    private String painted(int offset, String text, int from, int to) {
        StringBuilder out = new StringBuilder();
        int i = from;
        while (i < to) {
            byte kind = classes[offset + i];
            int end = i;
            while (end < to && classes[offset + end] == kind) {
                end++;
            }
            String part = BREAK.matcher(Html.escape(text.substring(i, end))).replaceAll("<wbr>.");
            out.append(kind == 0 ? part : "<i class=" + CLASSES.get(kind - 1) + ">" + part + "</i>");
            i = end;
        }
        return out.toString();
    }
}
