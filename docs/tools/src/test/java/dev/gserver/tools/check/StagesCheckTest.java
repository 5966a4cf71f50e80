package dev.gserver.tools.check;

import static dev.gserver.tools.check.CheckTree.DOOR;
import static dev.gserver.tools.check.CheckTree.LOOP;
import static dev.gserver.tools.check.CheckTree.SOURCES;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breaks stages and the tables that name their code in one way after the other: each is told with file and line. */
class StagesCheckTest {
    private static final String LATER_DOOR = DOOR.replace("stage1-listen", "stage2-epoll");
    private static final String MAP = "docs/notes-map.md";

    @TempDir
    private Path folder;

    private CheckTree tree;

    @BeforeEach
    void makeTree() {
        tree = new CheckTree(folder);
    }

    @Test
    @DisplayName("a file and lines that are gone in the next stage")
    void goneLines() throws IOException {
        tree.delete("stage2-epoll/src/test/java/dev/gserver/listen/DoorTest.java")
                .replace(
                        LATER_DOOR,
                        "        if (locked()) {\n            unlock();\n        }\n",
                        "        unlock();\n")
                .check()
                .hasFaults(
                        "stage1-listen/src/test/java/dev/gserver/listen/DoorTest.java: is missing in stage2-epoll",
                        DOOR + ":11: is gone in stage2-epoll, expected 99 % of all lines to stay: if (locked()) {");
    }

    @Test
    @DisplayName("a pom that differs in more than its names")
    void differentPom() throws IOException {
        tree.replace("stage2-epoll/pom.xml", "17", "21")
                .check()
                .hasFaults("stage2-epoll/pom.xml:4: <release>21</release>, expected as in stage1-listen:"
                        + " <release>17</release>");
    }

    @Test
    @DisplayName("a pom that is not there")
    void missingPom() throws IOException {
        tree.delete("stage1-listen/pom.xml").check().hasFaults("stage1-listen/pom.xml: is missing");
    }

    @Test
    @DisplayName("a stage that does not compile, one that is no Java")
    void notCompiling() throws IOException {
        tree.replace(LOOP, "Trace.step", "Trace.stop")
                .replace(DOOR, "void unlock() {", "void unlock( {\n    }}}")
                .check()
                .hasFaults(LOOP + ":8: cannot find symbol", DOOR + ":21: ");
    }

    @Test
    @DisplayName("an import of a layer above, even if it is not used")
    void upwardImport() throws IOException {
        tree.replace(
                        LATER_DOOR,
                        "import dev.gserver.common.Trace;",
                        "import dev.gserver.common.Trace;\nimport dev.gserver.epoll.Loop;")
                .check()
                .hasFaults(LATER_DOOR + ":4: listen needs epoll, expected only common");
    }

    @Test
    @DisplayName("a layer above that is used without an import or its name")
    void upwardUse() throws IOException {
        String settings = "package dev.gserver.config;\n\npublic class Settings {\n"
                + "    public dev.gserver.epoll.Loop loop() {\n        return null;\n    }\n}\n";
        tree.write("stage2-epoll/src/main/java/dev/gserver/config/Settings.java", settings)
                .replace(LOOP, "    Loop() {", "    public void turn() {}\n\n    Loop() {")
                .replace(LATER_DOOR, "            unlock();", "new dev.gserver.config.Settings().loop().turn();")
                .check()
                .hasFaults(LATER_DOOR + ":12: listen needs epoll, expected only common");
    }

    @Test
    @DisplayName("packages in a ring, also outside of the layers")
    void ring() throws IOException {
        tree.write(SOURCES + "a/A.java", "package dev.gserver.a;\n\npublic class A {\n    dev.gserver.b.B b;\n}\n")
                .write(SOURCES + "b/B.java", "package dev.gserver.b;\n\nimport dev.gserver.a.A;\n\npublic class B {}\n")
                .check()
                .hasFaults(SOURCES + "a/A.java:4: a needs b (" + SOURCES + "a/A.java:4) needs a (" + SOURCES
                        + "b/B.java:3)");
    }

    @Test
    @DisplayName("a stranger in the root package")
    void stranger() throws IOException {
        tree.write(SOURCES + "Helper.java", "package dev.gserver;\n\nclass Helper {}\n")
                .check()
                .hasFaults(SOURCES + "Helper.java:3: Helper is in the root package, expected Main and GServer");
    }

    @Test
    @DisplayName("a class and a method that are too long; comments and blank lines do not count")
    void tooLong() throws IOException {
        String method = "    void run() {\n" + lines(24) + "    }\n";
        tree.write(SOURCES + "common/Long.java", "package dev.gserver.common;\n\nclass Long {\n" + method + "}\n")
                .write(
                        SOURCES + "common/Longer.java",
                        "package dev.gserver.common;\n\nclass Longer {\n" + lines(199) + "}\n")
                .check()
                .hasFaults(
                        SOURCES + "common/Long.java:4: Long.run has 26, expected at most 25",
                        SOURCES + "common/Longer.java:3: Longer has 201, expected at most 200");
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "        int a" + number + ";\n\n        // not code\n")
                .collect(Collectors.joining());
    }

    @Test
    @DisplayName("a step that is not traced, one that nobody knows, one of a later stage")
    void wrongTrace() throws IOException {
        tree.replace(LOOP, "loop.1", "loop.2")
                .replace(DOOR, "\"door.1\", ", "\"loop.1\", ")
                .check()
                .hasFaults(
                        MAP + ":7: door.1: no Trace.step in stage1-listen",
                        MAP + ":8: loop.1: no Trace.step in stage2-epoll",
                        DOOR + ":14: loop.1: expected a step of this stage or an earlier one",
                        LOOP + ":8: loop.2: expected a step of this stage or an earlier one");
    }

    @Test
    @DisplayName("a step that no test names in its display name")
    void untestedStep() throws IOException {
        tree.replace("stage2-epoll/src/test/java/dev/gserver/epoll/LoopTest.java", "\"1: ", "\"2: ")
                .check()
                .hasFaults(MAP + ":8: loop.1: in no @DisplayName of stage2-epoll");
    }

    @Test
    @DisplayName("rows of the notes' table: not readable, twice, of code and tests that do not exist")
    void wrongRows() throws IOException {
        tree.append(MAP, "| `door.1` | 1 | again | `Door.shut` | `GateTest` |\n| `x.1` | six | x | `X.x` | `XTest` |")
                .check()
                .hasFaults(
                        MAP + ":9: door.1: is there twice",
                        MAP + ":9: door.1: no Door.shut in stage1-listen",
                        MAP + ":9: door.1: no GateTest in stage1-listen",
                        MAP + ":10: [`x.1`, six, x, `X.x`, `XTest`]: expected `id`, stage, text, `Class.method`");
    }

    @Test
    @DisplayName("rows of the faults' table: not readable, of a test that a later stage does not have")
    void wrongFaultRows() throws IOException {
        tree.append(
                        "docs/faults.md",
                        "| x | y | 2 | `LoopTest` |\n| x | y | 1 | `LoopTest` |\n| x | y | all | `DoorTest` |")
                .check()
                .hasFaults(
                        "docs/faults.md:9: no LoopTest in stage1-listen",
                        "docs/faults.md:10: [x, y, all, `DoorTest`]: expected a stage and a `Test` at its end");
    }
}
