package dev.gserver.tools.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    private static final String MAIN = "/src/main/java/";

    @TempDir
    private Path folder;

    private Copy copy;

    @BeforeEach
    void twoSmallStages() throws IOException {
        copy = Copy.of(folder.resolve("a course 课程"));
        copy.write("stage1-listen" + MAIN + "A.java", "class A {\n    // one\n\n    int a = 1;\n}\n");
        copy.write("stage2-epoll" + MAIN + "A.java", "class A {\n    // one\n    int a = 2;\n    int b;\n}\n");
        copy.write("stage1-listen" + MAIN + "Blank.java", "class Blank {\n}\n");
        copy.write("stage2-epoll" + MAIN + "Blank.java", "class Blank {\n\n}\n");
        copy.write("stage1-listen" + MAIN + "Gone.java", "class Gone {}\n");
        copy.write("stage2-epoll" + MAIN + "p/New.java", "class New {}\n");
        copy.write("stage1-listen/src/test/java/ATest.java", "class ATest {}\n");
        copy.write("stage2-epoll/src/test/java/ATest.java", "class ATest { }\n");
    }

    @Test
    void printsATableAndTheLinesAsGitShowsThem() {
        assertThat(copy.diff("1", "stage2-epoll/")).isEqualTo("""
                From stage1-listen to stage2-epoll (lines added, lines taken away):
                  +2     -2     changed src/main/java/A.java
                  +0     -1     gone    src/main/java/Gone.java
                  +1     -0     new     src/main/java/p/New.java
                  +3     -3     in all: 3 lines of stage1-listen are taken away

                diff --git a/stage1-listen/src/main/java/A.java b/stage2-epoll/src/main/java/A.java
                --- a/stage1-listen/src/main/java/A.java
                +++ b/stage2-epoll/src/main/java/A.java
                @@ -1,5 +1,5 @@
                 class A {
                     // one
                -
                -    int a = 1;
                +    int a = 2;
                +    int b;
                 }
                diff --git a/stage1-listen/src/main/java/Blank.java b/stage2-epoll/src/main/java/Blank.java
                --- a/stage1-listen/src/main/java/Blank.java
                +++ b/stage2-epoll/src/main/java/Blank.java
                @@ -1,2 +1,3 @@
                 class Blank {
                +
                 }
                diff --git a/stage1-listen/src/main/java/Gone.java b/stage1-listen/src/main/java/Gone.java
                deleted file mode 100644
                --- a/stage1-listen/src/main/java/Gone.java
                +++ /dev/null
                @@ -1 +0,0 @@
                -class Gone {}
                diff --git a/stage2-epoll/src/main/java/p/New.java b/stage2-epoll/src/main/java/p/New.java
                new file mode 100644
                --- /dev/null
                +++ b/stage2-epoll/src/main/java/p/New.java
                @@ -0,0 +1 @@
                +class New {}
                """);
    }

    @Test
    void aHunkSaysWhereItIs() throws IOException {
        String start = "class B {\n    void b() {\n" + "        x();\n".repeat(9);
        copy.write("stage1-listen" + MAIN + "A.java", start + "    }\n}\n");
        copy.write("stage2-epoll" + MAIN + "A.java", start + "        y();\n    }\n}\n");

        assertThat(copy.diff("1", "2")).contains("""
                @@ -9,5 +9,6 @@ class B {
                         x();
                         x();
                         x();
                +        y();
                     }
                 }
                """);
    }

    @Test
    void showsTestsWhereThatIsAskedFor() {
        assertThat(copy.diff("1", "2")).doesNotContain("ATest");
        assertThat(copy.diff("1", "2", "--tests")).contains("  +1     -1     changed src/test/java/ATest.java\n");
    }

    @Test
    void thePageLiesInTheTargetOfTheLaterStage() {
        assertThat(copy.diff("1", "2", "--html")).isEqualTo(copy.path("stage2-epoll/target/diff-1-2.html") + "\n");
        assertThat(copy.path("stage2-epoll/target/diff-1-2.html")).content().contains("<title>stage1-listen →");
    }

    @Test
    void thePageLiesWhereTheUserWantsIt() {
        assertThat(copy.diff("--html", "1", "2", "new/page of mine.html"))
                .isEqualTo(copy.path("new/page of mine.html") + "\n");
        assertThat(copy.path("new/page of mine.html")).exists();
    }

    @Test
    void whatIsInTheWayIsNamed() throws IOException {
        Files.createDirectories(copy.path("page.html"));
        copy.write("file", "");

        assertThatThrownBy(() -> copy.diff("1", "2", "--html", "page.html"))
                .isInstanceOf(Refusal.class)
                .hasMessage(copy.path("page.html") + " is a folder: expected the name of a file to write");
        assertThatThrownBy(() -> copy.diff("1", "2", "--html", "file/page.html"))
                .isInstanceOf(Refusal.class)
                .hasMessage(copy.path("file/page.html")
                        + " cannot be written: expected a file in a folder that can be written to");
    }

    @Test
    void aFileWithoutHtmlIsRefused() {
        assertThatThrownBy(() -> copy.diff("1", "2", "page.html"))
                .isInstanceOf(Refusal.class)
                .hasMessage("'page.html': expected --tests, --html or nothing");
    }
}
