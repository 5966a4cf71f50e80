package dev.gserver.tools.check;

import static dev.gserver.tools.check.CheckTree.CHAPTER;
import static dev.gserver.tools.check.CheckTree.CHAPTER_ZH;
import static dev.gserver.tools.check.CheckTree.DOOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.check.CheckTree.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breaks pages in one way after the other: each is told with page, line and value. */
class PagesCheckTest {
    @TempDir
    private Path folder;

    private CheckTree tree;

    @BeforeEach
    void makeTree() {
        tree = new CheckTree(folder);
    }

    @Test
    @DisplayName("a checkout without faults: nothing but ok, and exit code 0")
    void findsNothing() throws IOException {
        tree.write("docs/tools/src/test/resources/x.md", "[no page of the course](gone.md)\n");
        Outcome outcome = tree.check();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output().lines()).hasSize(23).allMatch(line -> line.startsWith("ok    "));
    }

    @Test
    @DisplayName("Java that has changed in its stage is told in both languages")
    void changedJava() throws IOException {
        tree.replace(DOOR, "    unlock();", "    unlock(); // slowly")
                .check()
                .hasFaults(
                        CHAPTER + ":9: not in " + DOOR + ", after the lines before it: unlock();",
                        CHAPTER_ZH + ":9: not in " + DOOR);
    }

    @Test
    @DisplayName("a gap in Java without its mark")
    void unmarkedGap() throws IOException {
        tree.replace(CHAPTER, "// …", "    }").check().hasFaults(CHAPTER + ":11: not in " + DOOR);
    }

    @Test
    @DisplayName("pieces of Java in another order")
    void otherOrder() throws IOException {
        tree.replace(CHAPTER, "// …\n}", "// …\npublic void open() {")
                .check()
                .hasFaults(CHAPTER + ":12: not in " + DOOR + " after line 13: public void open() {");
    }

    @Test
    @DisplayName("a block of Java without a name, of another stage, of a name that two files have")
    void unknownJava() throws IOException {
        tree.replace(CHAPTER, "```java stage1 Door.java", "```java")
                .check()
                .hasFaults(CHAPTER + ":7: 'java': expected the stage and the file");
        tree.replace(CHAPTER, "```java", "```java stage2 Gate.java")
                .check()
                .hasFaults(CHAPTER + ":7: Gate.java is not there in stage2-epoll");
        tree.copy(DOOR, "stage1-listen/Door.java")
                .check()
                .hasFaults(CHAPTER_ZH + ":7: Door.java is there more than once: [stage1-listen/Door.java, " + DOOR);
    }

    @Test
    @DisplayName("links and images to nothing, in Markdown and in HTML")
    void deadLinks() throws IOException {
        tree.append("README.md", "[x](gone.md)\n![x](docs/gone.png \"a picture\")\n\n<img src=\"gone.svg\">\n[y][z]\n")
                .append("README.md", "[z]: nowhere.md")
                .check()
                .hasFaults(
                        "README.md:4: gone.md: there is no gone.md",
                        "README.md:5: docs/gone.png: there is no docs/gone.png",
                        "README.md:7: gone.svg: there is no gone.svg",
                        "README.md:10: nowhere.md: there is no nowhere.md");
    }

    @Test
    @DisplayName("anchors of no heading, English and Chinese")
    void deadAnchors() throws IOException {
        tree.append("README.md", "[x](docs/stage1-listen.md#window)")
                .replace(CHAPTER_ZH, "## 门", "## 窗")
                .check()
                .hasFaults(
                        "README.md:4: docs/stage1-listen.md#window: no heading of docs/stage1-listen.md has the anchor"
                                + " #window",
                        "README.zh-CN.md:3: docs/zh-CN/stage1-listen.md#门door: no heading of",
                        CHAPTER_ZH + ":3: #门door-1: no heading of");
    }

    @Test
    @DisplayName("paths in backticks: of the chapter's stage, of the repository")
    void deadPaths() throws IOException {
        tree.replace(CHAPTER, "listen/Door.java`", "listen/Gate.java`")
                .append("README.md", "see `cat .ci/gone`")
                .check()
                .hasFaults(
                        CHAPTER + ":3: `src/main/java/dev/gserver/listen/Gate.java`: there is no such path",
                        "README.md:4: `.ci/gone`: there is no such path");
    }

    @Test
    @DisplayName("a member that a class does not have, or in a comment alone")
    void unknownMembers() throws IOException {
        tree.append("README.md", "`Door.shut(now)`, `Door.whether`, `Door.locked`")
                .check()
                .hasFaults(
                        "README.md:4: `Door.shut(now)`: Door has no shut",
                        "README.md:4: `Door.whether`: Door has no whether");
    }

    @Test
    @DisplayName("a block that nobody would check, a row that is in no table")
    void misplaced() throws IOException {
        tree.append("README.md", "> ```java\n> x();\n> ```\n\n| a | b |")
                .check()
                .hasFaults("README.md:4: a fenced block inside a quotation", "README.md:8: a row outside of a table");
    }

    @Test
    @DisplayName("a page without its translation, a translation of nothing")
    void missingTranslations() throws IOException {
        tree.delete("README.zh-CN.md")
                .delete(CHAPTER_ZH)
                .write("docs/zh-CN/more.md", "# More\n")
                .check()
                .hasFaults(
                        "README.md:1: has no translation; expected README.zh-CN.md",
                        CHAPTER + ":1: has no translation; expected " + CHAPTER_ZH,
                        "docs/zh-CN/more.md:1: is the translation of no page");
    }

    @Test
    @DisplayName("blocks, headings and links that differ between the languages")
    void differentTranslation() throws IOException {
        tree.replace(CHAPTER_ZH, "status 1", "status …")
                .append(CHAPTER_ZH, "### 更多")
                .replace("docs/zh-CN/faults.md", "[English](../faults.md)", "-")
                .check()
                .hasFaults(
                        CHAPTER_ZH + ":26: this block is not that of " + CHAPTER + ":26",
                        CHAPTER_ZH + ":1: headings by level are {1=1, 2=2, 3=1}, in " + CHAPTER + " {1=1, 2=2}",
                        "docs/zh-CN/faults.md:1: no link to docs/faults.md in the first 10 lines");
    }

    @Test
    @DisplayName("a block less in the translation")
    void missingBlock() throws IOException {
        tree.replace(CHAPTER_ZH, "```console server\n^C\n```\n", "")
                .check()
                .hasFaults(CHAPTER_ZH + ":1: 7 blocks, in " + CHAPTER + " 8");
    }

    @Test
    @DisplayName("a page that is not in UTF-8 is told in one line")
    void notInUtf8() throws IOException {
        Files.write(folder.resolve(CHAPTER_ZH), "# 门".getBytes("GBK"));
        String text = folder.resolve(CHAPTER_ZH) + ": expected text in UTF-8, found bytes that are none";
        assertThat(tree.check()).isEqualTo(new Outcome(1, text));
    }

    @Test
    @DisplayName("one page alone; a page that there is not is wrong usage")
    void onePage() throws IOException {
        tree.replace(CHAPTER, "```java stage1 Door.java", "```java");
        assertThat(tree.check("README.md").output().lines()).hasSize(3).allMatch(line -> line.startsWith("ok    "));
        assertThat(tree.check("docs/gone.md"))
                .isEqualTo(new Outcome(2, "'docs/gone.md': expected a page such as docs/protocol.md"));
    }
}
