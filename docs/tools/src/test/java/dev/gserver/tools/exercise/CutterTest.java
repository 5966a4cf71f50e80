package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.exercise.Cutter.Cut;
import dev.gserver.tools.exercise.Cutter.Todo;
import dev.gserver.tools.markdown.NotesMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutterTest {
    private static final String FILE = "dev/gserver/epoll/A.java";
    private static final String START = "package dev.gserver.epoll;\n";

    @TempDir
    private Path folder;

    private Cut fresh(String text) {
        Map<String, SourceFile> sources = read("after", text);
        return Cutter.cut(null, sources.get(FILE), false, describer(sources), new Given(sources));
    }

    private Cut merged(String before, String after, boolean wired) {
        Map<String, SourceFile> sources = read("after", after);
        SourceFile then = read("before", before).get(FILE);
        return Cutter.cut(then, sources.get(FILE), wired, describer(sources), new Given(sources));
    }

    private Map<String, SourceFile> read(String name, String text) {
        Folders.write(folder.resolve(name).resolve(FILE), text);
        return SourceFile.read(folder.resolve(name));
    }

    private static Describer describer(Map<String, SourceFile> sources) {
        return new Describer(sources, new NotesMap(List.of(), List.of()));
    }

    @Test
    void aNewFileHasItsSignaturesCommentsAndConstants() {
        Cut cut = fresh(START + """

                import java.util.ArrayList;
                import java.util.List;

                /** A thing. */
                final class A {
                    static final int MOST = 7;

                    private final List<String> names = new ArrayList<>();

                    /** Adds {@code name}. More of it. */
                    void add(String name) {
                        names.add(name); // why
                    }

                    private boolean isFull() {
                        return names.size() >= MOST;
                    }
                }
                """);

        assertThat(cut.text()).isEqualTo(START + """

                /** A thing. */
                final class A {
                    static final int MOST = 7;

                    /** Adds {@code name}. More of it. */
                    void add(String name) {
                        throw new UnsupportedOperationException("TODO A.add: Adds name");
                    }

                    private boolean isFull() {
                        throw new UnsupportedOperationException("TODO A.isFull: whether it is full");
                    }
                }
                """);
        assertThat(cut.todos()).extracting(Todo::member).containsExactly("A.add", "A.isFull");
    }

    @Test
    void accessorsAndToStringAreGivenWithTheirFields() {
        String text = START + """

                final class A {
                    private final int a;
                    private String b;
                    private int hidden;

                    A(int a) {
                        this.a = a;
                    }

                    int a() {
                        return a;
                    }

                    void setB(String value) {
                        this.b = value;
                    }

                    @Override
                    public String toString() {
                        return "A " + a;
                    }
                }
                """;

        Cut cut = fresh(text);

        assertThat(cut.text())
                .isEqualTo(text.replace("    private int hidden;\n", "")
                        .replace(
                                "this.a = a;",
                                "throw new UnsupportedOperationException(\"TODO A.A: keeps what it is given: a\");"));
        assertThat(cut.given()).containsExactly("a", "setB", "toString");
    }

    @Test
    void whatPassesItsArgumentsOnIsGivenAndALongerConstructorKeepsItsFirstCall() {
        Cut cut = fresh(START + """

                final class A extends Thread {
                    private int c;

                    A() {
                        this(1);
                    }

                    A(int b) {
                        super("name");
                        c = b;
                    }
                }
                """);

        assertThat(cut.text()).contains("        this(1);\n    }").contains("""
                    A(int b) {
                        super("name");
                        throw new UnsupportedOperationException("TODO A.A: keeps what it is given: b");
                    }
                """.indent(4)
                .replaceAll("(?m)^    ", ""));
        assertThat(cut.todos()).hasSize(1);
    }

    private static final String BEFORE = START + """

            import java.util.List;

            class A {
                private final int kept;
                private List<String> old;

                A(int kept) {
                    this.kept = kept;
                }

                int twice() {
                    return 2 * kept;
                }

                void gone() {
                    old.clear();
                }
            }
            """;
    private static final String AFTER = START + """

            import java.util.Set;

            class A {
                private final int kept;
                private Set<String> now;
                private long count;

                A(int kept) {
                    this.kept = kept;
                }

                int twice() {
                    return 2 * kept + now.size();
                }

                long count() {
                    return count;
                }

                void fill() {
                    now.add("x");
                }
            }
            """;

    @Test
    void aChangedFileIsThatOfTheStageBeforeWithHolesForWhatIsNew() {
        Cut cut = merged(BEFORE, AFTER, false);

        assertThat(cut.text()).isEqualTo(START + """

                import java.util.List;

                class A {
                    private final int kept;
                    private long count;
                    private List<String> old;

                    A(int kept) {
                        this.kept = kept;
                    }

                    int twice() {
                        return 2 * kept;
                    }

                    long count() {
                        return count;
                    }

                    void fill() {
                        throw new UnsupportedOperationException("TODO A.fill: fill; called by other classes");
                    }

                    void gone() {
                        old.clear();
                    }
                }
                """);
    }

    @Test
    void aConstructorThatGetsMoreArgumentsIsGivenBesideTheOldOne() {
        String after = AFTER.replace("A(int kept) {", "A(int kept, Set<String> now) {\n        this.now = now;")
                .replace("private Set<String> now;", "private final Set<String> now;");

        assertThat(merged(BEFORE, after, false).text())
                .contains("    private Set<String> now;\n")
                .contains(
                        "    A(int kept, Set<String> now) {\n        this.now = now;\n        this.kept = kept;\n    }\n")
                .contains("    A(int kept) {\n        this.kept = kept;\n    }\n");
    }

    @Test
    void wiredItIsTheFileItselfWithHoles() {
        assertThat(merged(BEFORE, AFTER, true).text())
                .isEqualTo(AFTER.replace(
                        "now.add(\"x\");",
                        "throw new UnsupportedOperationException(\"TODO A.fill: fill; called by other classes\");"));
    }

    @Test
    void aFileWithWindowsLineEndsIsReadAsIfItHadNone() {
        assertThat(fresh(BEFORE.replace("\n", "\r\n"))).isEqualTo(fresh(BEFORE));
    }
}
