package dev.gserver.tools.check;

import static dev.gserver.tools.check.CheckTree.CHAPTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks a checkout in one way after the other: each is told with file, line and value. */
class ChecksTest {
    private static final Pattern CHANGE = Pattern.compile(" {4}(\\S+?)(?: ([+=]) \"(.*)\"| -|: \"(.*)\" => \"(.*)\")");
    private static final Pattern LINES = Pattern.compile("\\{(\\d+) lines}");
    private static final String TRANSLATION = "docs/zh-CN/stage1-listen.md";

    @TempDir
    private Path folder;

    private CheckTree tree;

    @BeforeEach
    void makeTree() throws Exception {
        tree = new CheckTree(folder);
    }

    /** The cases of breaks.txt: a name, changes of files, and what each fault begins with. */
    static List<String> breaks() {
        String text = Template.text(ChecksTest.class, "breaks.txt")
                .replace("{1}", "stage1-listen/src/main/java/dev/gserver/")
                .replace("{2}", "stage2-epoll/src/main/java/dev/gserver/")
                .replace("{chapter}", CHAPTER)
                .replace("{translation}", TRANSLATION);
        return List.of(text.split("\n\n"));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    @DisplayName("what is broken is told with file, line and value")
    void tells(String broken) throws IOException {
        for (String line : broken.lines().filter(one -> one.startsWith("    ")).toList()) {
            change(line);
        }
        Result result = tree.check();
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
        List<String> faults =
                result.out().lines().filter(line -> line.startsWith("      ")).toList();
        assertThat(broken.lines().filter(line -> line.startsWith("  ! ")))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(faults)
                        .anySatisfy(line -> assertThat(line.strip()).startsWith(fault.substring("  ! ".length()))));
    }

    private void change(String line) throws IOException {
        Matcher change = CHANGE.matcher(line);
        assertThat(change.matches()).as(line).isTrue();
        String file = change.group(1);
        if (change.group(4) != null) {
            tree.replace(file, text(change.group(4)), text(change.group(5)));
        } else if (change.group(2) == null) {
            tree.delete(file);
        } else if (change.group(2).equals("+")) {
            tree.append(file, text(change.group(3)));
        } else {
            tree.write(file, text(change.group(3)));
        }
    }

    private static String text(String written) {
        String text = written.replace("\\n", "\n").replace("\\\"", "\"");
        return LINES.matcher(text).replaceAll(lines -> Stream.iterate(0, number -> number + 1)
                .limit(Integer.parseInt(lines.group(1)))
                .map(number -> "        int a" + number + ";\n\n        // not code\n")
                .reduce("", String::concat));
    }

    @Test
    @DisplayName("a checkout without faults: nothing but ok, and exit code 0")
    void findsNothing() {
        tree.write("docs/tools/src/test/resources/x.md", "[no page of the course](gone.md)\n");
        Result result = tree.check();
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out().lines()).hasSize(24).allMatch(line -> line.startsWith("ok    "));
    }

    @Test
    @DisplayName("a page that is not in UTF-8 is told in one line")
    void notInUtf8() throws IOException {
        Files.write(folder.resolve(TRANSLATION), "# 门".getBytes("GBK"));
        String text = folder.resolve(TRANSLATION) + ": expected text in UTF-8, found bytes that are none\n";
        assertThat(tree.check()).isEqualTo(new Result(1, "", "course: check: " + text));
    }

    @Test
    @DisplayName("one page alone; a page that there is not is wrong usage")
    void onePage() {
        tree.replace(CHAPTER, "```java stage1 Door.java", "```java");
        assertThat(tree.check("README.md").out().lines()).hasSize(4).allMatch(line -> line.startsWith("ok    "));
        assertThat(tree.check("docs/gone.md").err())
                .startsWith("course: check: 'docs/gone.md': expected a page such as docs/protocol.md\n");
    }
}
