package dev.gserver.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportTest {
    @TempDir
    private Path home;

    private Path stage;
    private Path reports;

    @BeforeEach
    void makeStage() throws IOException {
        stage = home.resolve("stage1-listen");
        reports = stage.resolve("target/surefire-reports");
        Files.createDirectories(reports);
        Path test = stage.resolve("src/test/java/dev/gserver/OddTest.java");
        Files.createDirectories(test.getParent());
        Files.writeString(test, """
                package dev.gserver;
                class OddTest {
                    @Test
                    @DisplayName("one is odd, " + "two is not")
                    void isOdd() {}

                    @ParameterizedTest @DisplayName("each is odd") void areOdd(int number) {}
                }
                """);
    }

    private TestRun.Outcome outcome(int exitCode, List<String> log) throws IOException {
        return new TestRun.Outcome(exitCode, log, TestClass.readAll(reports), 3);
    }

    private String report(TestRun.Outcome outcome) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, false, StandardCharsets.UTF_8);
        new TestReport(new Project(home, home), "stage1-listen", new TestSources(stage), file -> file, out)
                .print(outcome);
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void writeReport(String cases) throws IOException {
        Files.writeString(
                reports.resolve("TEST-dev.gserver.OddTest.xml"),
                "<testsuite name='dev.gserver.OddTest' tests='5' skipped='1'>" + cases + "</testsuite>");
    }

    @Test
    @DisplayName("a failure: the test's sentence, what was expected and what came, whole, file and line, and no more")
    void tellsFailures() throws IOException {
        writeReport("""
                <testcase name='isOdd' classname='dev.gserver.OddTest'>
                  <failure message='&#10;expected: 1&#10; but was: 2 ' type='org.opentest4j.AssertionFailedError'>
                org.opentest4j.AssertionFailedError:
                	at org.assertj.Foo.bar(Foo.java:9)
                	at dev.gserver.OddTest.lambda$isOdd$0(OddTest.java:41)
                	at dev.gserver.OddTest.isOdd(OddTest.java:40)
                  </failure>
                </testcase>
                <testcase name='areOdd(int)[2]' classname='dev.gserver.OddTest'>
                  <error message='no more' type='java.io.EOFException'>java.io.EOFException: no more</error>
                </testcase>
                """);
        assertThat(report(outcome(1, List.of("[ERROR] noise")))).isEqualTo("""
                FAIL  OddTest.isOdd
                      one is odd, two is not
                        expected: 1
                         but was: 2
                      PLACE:41

                FAIL  OddTest.areOdd
                      each is odd [2]
                        EOFException: no more

                stage1-listen: FAILED, 2 of 5 tests, 1 skipped, in 3 s
                """.replace(
                "PLACE",
                Path.of("stage1-listen/src/test/java/dev/gserver/OddTest.java").toString()));
    }

    @Test
    @DisplayName("a pass is one line")
    void tellsOfAPass() throws IOException {
        writeReport("<testcase name='isOdd' classname='dev.gserver.OddTest'/>");
        assertThat(report(outcome(0, List.of()))).isEqualTo("stage1-listen: 4 tests passed, 1 skipped, in 3 s\n");
    }

    @Test
    @DisplayName("a compiler's error with its symbol and location, once")
    void tellsCompilerErrors() throws IOException {
        String file = stage.resolve("src/main/java/A.java").toString();
        assertThat(report(outcome(
                        1,
                        List.of(
                                "[ERROR] COMPILATION ERROR : ",
                                "[WARNING] " + file + ":[1,1] raw type",
                                "[ERROR] " + file + ":[20,19] cannot find symbol",
                                "  symbol:   class Foo",
                                "  location: class A",
                                "[INFO] 1 error",
                                "[INFO] BUILD FAILURE",
                                "[ERROR] " + file + ":[20,19] cannot find symbol"))))
                .isEqualTo(Path.of("stage1-listen/src/main/java/A.java") + """
                        :20: cannot find symbol
                          symbol:   class Foo
                          location: class A
                        stage1-listen: FAILED, no tests were run
                        """);
    }

    @Test
    @DisplayName("a warning that counts as an error; and what else Maven says, without its advice")
    void tellsWhyItDoesNotBuild() throws IOException {
        String file = stage.resolve("A.java").toString();
        assertThat(report(outcome(1, List.of("[ERROR] COMPILATION ERROR : ", "[WARNING] " + file + ":[1,2] raw type"))))
                .startsWith(Path.of("stage1-listen/A.java") + ":1: raw type\n");
        assertThat(report(outcome(1, List.of("[ERROR] /C:/stage/A.java:[1,2] as Maven writes it on Windows"))))
                .startsWith(Path.of("C:/stage/A.java") + ":1: as Maven");
        assertThat(report(outcome(1, List.of("[ERROR] no such artifact", "[ERROR] -> [Help 1]", "[ERROR] "))))
                .startsWith("no such artifact\nstage1-listen: FAILED");
    }
}
