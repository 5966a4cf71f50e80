package dev.gserver.tools.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.markdown.NotesMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CutterTest {
    private static final String START = "package dev.gserver.epoll;\n";

    private static JavaSource source(String text) {
        return JavaSource.parse(Map.of("dev/gserver/epoll/A.java", text))
                .sources()
                .get(0);
    }

    private static String cut(String text, String... names) {
        JavaSource source = source(text);
        Describer describer = new Describer(List.of(source), new NotesMap(List.of(), List.of()));
        return Cutter.cut(source, List.of(names), describer::what);
    }

    @Test
    void whatIsNamedIsCutAndAllElseStaysWithItsComments() {
        String text = START + """

                /** A thing. */
                final class A {
                    private final List<String> names = new ArrayList<>();

                    /** Adds {@code name}. More of it. */
                    void add(String name) {
                        names.add(name); // why
                    }

                    private boolean isFull() {
                        return names.size() >= MOST;
                    }

                    int size() {
                        return names.size(); // given
                    }
                }
                """;

        assertThat(cut(text, "A.add", "A.isFull"))
                .isEqualTo(text.replace(
                                "names.add(name); // why",
                                "throw new UnsupportedOperationException(\"TODO A.add: Adds name\");")
                        .replace(
                                "return names.size() >= MOST;",
                                "throw new UnsupportedOperationException(\"TODO A.isFull: whether it is full\");"));
    }

    @Test
    void aConstructorKeepsItsFirstCallAndOneThatOnlyPassesItsArgumentsOnHasNothingToWrite() {
        assertThat(cut(START + """

                        final class A extends Thread {
                            A() {
                                this(1);
                            }

                            A(int b) {
                                super("name");
                                c = b;
                            }
                        }
                        """, "A.A"))
                .contains("        this(1);\n    }")
                .contains("    A(int b) {\n        super(\"name\");\n        // Texts: \"name\"\n"
                        + "        throw new UnsupportedOperationException(\"TODO A.A: keeps what it is given: b\");");
    }

    @Test
    void theTextsOfTheBodyStandBeforeTheHoleAsTestsLookForThem() {
        assertThat(cut(START + """

                class A {
                    void go(String peer) {
                        Trace.step("a.1", peer, "goes");
                        LOGGER.log(Level.DEBUG, () -> peer + ": goes");
                        warn(() -> peer + ": closed: " + reason(7));
                        if (peer.isEmpty()) {
                            throw new IllegalStateException("no peer");
                        }
                    }
                }
                """, "A.go"))
                .contains(
                        "    void go(String peer) {\n        // Texts: Trace.step(\"a.1\", peer, \"goes\")\n"
                                + "        //        LOGGER.log(Level.DEBUG, () -> peer + \": goes\")\n"
                                + "        //        peer + \": closed: \" + reason(7)\n        //        \"no peer\"\n"
                                + "        throw new UnsupportedOperationException(\"TODO A.go: go; called by other classes\");");
    }

    @Test
    void aBodyInATypeInsideIsNamedByBoth() {
        String text = START + """

                class A {
                    static class B {
                        void run() {
                            go();
                        }
                    }
                }
                """;

        assertThat(cut(text, "A.B.run"))
                .contains("            throw new UnsupportedOperationException(\"TODO A.B.run: run; called by other");
        assertThat(cut(text, "A.run")).isEqualTo(text);
    }

    @Test
    void aLongTextIsFolded() {
        assertThat(cut(
                        START + "class A {\n    /** "
                                + "Says it again. ".repeat(1).replace(".", " and again".repeat(12))
                                + ". */\n    void say() {\n        go();\n    }\n}\n",
                        "A.say"))
                .contains("\"\n                        + \"")
                .satisfies(text ->
                        assertThat(text.lines()).allMatch(line -> line.length() <= 120 || line.contains("/**")));
    }

    @Test
    void aRaceThatTheCommentNamesIsLeftOut() {
        assertThat(cut(START + """

                        class A {
                            /** Drops all, now and later (races: drops-once, drops-late). */
                            void drop() {
                                dropped = true;
                            }
                        }
                        """, "A.drop")).contains("(\"TODO A.drop: Drops all, now and later\");");
    }
}
