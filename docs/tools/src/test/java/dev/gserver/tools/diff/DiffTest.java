package dev.gserver.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.diff.LineDiff.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffTest {
    private static final String MAIN = "/src/main/java/";

    @TempDir
    private Path home;

    private void write(String file, String text) {
        Folders.write(home.resolve(file), text);
    }

    @BeforeEach
    void twoSmallStages() {
        write("stage1-listen" + MAIN + "A.java", "class A {\n    // one\n\n    int a = 1;\n}\n");
        write("stage2-epoll" + MAIN + "A.java", "class A {\n    // one\n    int a = 2;\n    int b;\n}\n");
        write("stage1-listen" + MAIN + "Blank.java", "class Blank {\n}\n");
        write("stage2-epoll" + MAIN + "Blank.java", "class Blank {\n\n}\n");
        write("stage1-listen" + MAIN + "Gone.java", "class Gone {}\n");
        write("stage2-epoll" + MAIN + "p/New.java", "class New {}\n");
        write("stage1-listen/src/test/java/ATest.java", "class ATest {}\n");
        write("stage2-epoll/src/test/java/ATest.java", "class ATest { }\n");
    }

    private String diff(String... words) {
        return Tool.call(home, words).out();
    }

    @Test
    @DisplayName("a table, and the lines as git shows them")
    void printsATableAndTheLines() {
        assertThat(diff("diff", "1", "stage2-epoll/")).isEqualTo("""
                From stage1-listen to stage2-epoll (lines added, lines taken away):
                  +2     -2     changed src/main/java/A.java
                  +1     -0     changed src/main/java/Blank.java
                  +0     -1     gone    src/main/java/Gone.java
                  +1     -0     new     src/main/java/p/New.java
                  +4     -3     in all: 3 lines of stage1-listen are taken away

                --- stage1-listen/src/main/java/A.java
                +++ stage2-epoll/src/main/java/A.java
                @@ -1,5 +1,5 @@
                 class A {
                     // one
                -
                -    int a = 1;
                +    int a = 2;
                +    int b;
                 }
                --- stage1-listen/src/main/java/Blank.java
                +++ stage2-epoll/src/main/java/Blank.java
                @@ -1,2 +1,3 @@
                 class Blank {
                +
                 }
                --- stage1-listen/src/main/java/Gone.java
                +++ /dev/null
                @@ -1,1 +0,0 @@
                -class Gone {}
                --- /dev/null
                +++ stage2-epoll/src/main/java/p/New.java
                @@ -0,0 +1,1 @@
                +class New {}
                """);
    }

    @Test
    @DisplayName("a hunk says where it is; tests are shown where that is asked for")
    void saysWhere() {
        String start = "class B {\n    void b() {\n" + "        x();\n".repeat(9);
        write("stage1-listen" + MAIN + "A.java", start + "    }\n}\n");
        write("stage2-epoll" + MAIN + "A.java", start + "        y();\n    }\n}\n");
        assertThat(diff("diff", "1", "2"))
                .contains("\n@@ -9,5 +9,6 @@\n         x();\n")
                .doesNotContain("ATest");
        assertThat(diff("diff", "1", "2", "--tests")).contains("  +1     -1     changed src/test/java/ATest.java\n");
    }

    @Test
    @DisplayName("the page lies in the target of the later stage, or where the user wants it, but over nothing else")
    void writesThePage() {
        Path page = home.resolve("stage2-epoll/target/diff-1-2.html");
        write("stage2-epoll/target/diff-1-2.html", "of an older course");
        assertThat(diff("diff", "1", "2", "--html")).isEqualTo(home.relativize(page) + "\n");
        assertThat(page).content().contains("<title>stage1-listen →");
        for (int i = 0; i < 2; i++) {
            assertThat(diff("diff", "--html", "1", "2", "new/页 mine.html"))
                    .isEqualTo(Path.of("new/页 mine.html") + "\n");
        }
        write("empty.html", "");
        assertThat(diff("diff", "--html", "1", "2", "empty.html")).isEqualTo("empty.html\n");
        write("notes.html", "<!DOCTYPE html>");
        assertRefused("notes.html", " is there already, and ./course has not made it; expected another name");
        assertThat(home.resolve("notes.html")).hasContent("<!DOCTYPE html>");
        assertRefused("new", " cannot be written: it is a folder");
        assertRefused("notes.html/x/page.html", " cannot be written: " + home.resolve("notes.html") + " is no folder");
        assertThat(Tool.call(home, "diff", "1", "2", "page.html").err())
                .startsWith("course: diff: 'page.html': expected --tests, --html or nothing\n");
    }

    private void assertRefused(String page, String why) {
        assertThat(Tool.call(home, "diff", "1", "2", "--html", page))
                .isEqualTo(new Result(1, "", "course: diff: " + home.resolve(page) + why + "\n"));
    }

    private static String compare(String before, String after) {
        return LineDiff.compare(before.lines().toList(), after.lines().toList()).stream()
                .map(line -> line.kind() + line.text() + "\n")
                .collect(Collectors.joining());
    }

    private static String marked(String kind, String text) {
        return text.lines().map(line -> kind + line + "\n").collect(Collectors.joining());
    }

    @Test
    @DisplayName("a new method is shown from its comment to its brace, though it begins or ends like another one")
    void slides() {
        String a = "class A {\n    @Override\n    void a() {\n        x();\n    }\n";
        String b = "\n    @Override\n    void b() {\n        x();\n    }\n";
        String end = "}\n";
        String c = "    @Override\n    void c() {\n        x();\n    }\n\n";
        assertThat(compare("\n" + c + c, "\n" + c + c.replace("c", "d") + c))
                .isEqualTo(marked(" ", "\n" + c) + marked("+", c.replace("c", "d")) + marked(" ", c));
        assertThat(compare(a + end, a + b + end)).isEqualTo(marked(" ", a) + marked("+", b) + marked(" ", end));
        assertThat(compare(a + b + end, a + end)).isEqualTo(marked(" ", a) + marked("-", b) + marked(" ", end));
        assertThat(compare("a\nb\nc\n", "a\nx\ny\nc\n")).isEqualTo(" a\n-b\n+x\n+y\n c\n");
    }

    @Test
    @DisplayName("both sides are kept whole")
    void keepsBothSides() {
        List<String> before = List.of("b", "a", "b", "a");
        List<String> after = List.of("a", "b", "a", "b", "a", "b");
        List<Line> lines = LineDiff.compare(before, after);
        assertThat(LineDiff.side(lines, Line.GONE)).isEqualTo(before);
        assertThat(LineDiff.side(lines, Line.NEW)).isEqualTo(after);
    }
}
