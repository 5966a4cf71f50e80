package dev.gserver.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    private static final String ONE = "class A {\n    void a() {\n        x();\n    }\n}\n";

    private static String compare(String before, String after) {
        return LineDiff.compare(before.lines().toList(), after.lines().toList()).stream()
                .map(line -> line.kind() + line.text() + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void aNewMethodIsShownFromItsCommentToItsBrace() {
        String two =
                "class A {\n    void a() {\n        x();\n    }\n\n    // new\n    void b() {\n        y();\n    }\n}\n";

        assertThat(compare(ONE, two)).isEqualTo("""
                 class A {
                     void a() {
                         x();
                     }
                +
                +    // new
                +    void b() {
                +        y();
                +    }
                 }
                """);
    }

    @Test
    void aNewMethodThatBeginsLikeTheNextOneIsShownWhole() {
        String a = "class A {\n    @Override\n    void a() {\n        x();\n    }\n\n";
        String b = "    @Override\n    void b() {\n        x();\n    }\n\n";
        String c = "    @Override\n    void c() {\n        x();\n    }\n}\n";

        assertThat(compare(a + c, a + b + c)).isEqualTo(marked(" ", a) + marked("+", b) + marked(" ", c));
    }

    private static String marked(String kind, String text) {
        return text.lines().map(line -> kind + line + "\n").collect(Collectors.joining());
    }

    @Test
    void whatTakesThePlaceOfOtherLinesStandsAfterThem() {
        assertThat(compare("a\nb\nc\n", "a\nx\ny\nc\n")).isEqualTo(" a\n-b\n+x\n+y\n c\n");
    }

    @Test
    void bothSidesAreKeptWhole() {
        List<Line> lines = LineDiff.compare(List.of("b", "a", "b", "a"), List.of("a", "b", "a", "b", "a", "b"));

        FileChange change = new FileChange("x", Status.CHANGED, lines);
        assertThat(change.side(Line.GONE)).containsExactly("b", "a", "b", "a");
        assertThat(change.side(Line.NEW)).containsExactly("a", "b", "a", "b", "a", "b");
        assertThat(change.count(Line.GONE)).isZero();
    }
}
