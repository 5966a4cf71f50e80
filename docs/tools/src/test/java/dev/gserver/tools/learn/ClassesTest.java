package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.learn.Code.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is compiled again when one of two files has changed. */
class ClassesTest {
    private static final String OTHER = "class B { int twice(A a) { return 2 * a.one(); } }";

    private final Classes classes = new Classes(List.of("A.one"));

    @AfterEach
    void close() {
        classes.close();
    }

    private List<Problem> compile(String a) {
        return classes.compile(Map.of("A.java", a, "B.java", OTHER));
    }

    /** Takes away the other file's class, compiles {@code a}, and returns whether it was made again. */
    private boolean makesTheOther(String a) throws Exception {
        Path other = classes.folder().resolve("B.class");
        Files.deleteIfExists(other);
        assertThat(compile(a)).as("problems").isEmpty();
        return Files.exists(other);
    }

    @Test
    @DisplayName("a body that a learner writes: its file alone; the code around bodies, or another body: all")
    void compilesWhatHasChanged() throws Exception {
        assertThat(makesTheOther("class A { int one() { return 1; } }"))
                .as("the first time")
                .isTrue();
        compile("class A { int one() { int same = 1; return same; } }");
        Files.delete(classes.folder().resolve("A.class"));
        assertThat(makesTheOther("class A { int one() { return 3; } }"))
                .as("body")
                .isFalse();
        assertThat(classes.folder().resolve("A.class")).exists();
        assertThat(makesTheOther("class A { short one() { return 3; } }"))
                .as("around")
                .isTrue();
        assertThat(makesTheOther("class A { short one() { return 3; } void two() {} }"))
                .as("a new method")
                .isTrue();
        assertThat(makesTheOther("class A { short one() { return 3; } void two() { one(); } }"))
                .as("a body that is given")
                .isTrue();
    }

    @Test
    @DisplayName("after an error all is compiled; the error is told again as long as it is there")
    void compilesAllAfterAnError() throws Exception {
        compile("class A { int one() { return 1; } }");
        String wrong = "class A { int one() { return \"\"; } }";
        List<Problem> problems = compile(wrong);
        assertThat(problems).extracting(Problem::path).containsExactly("A.java");
        assertThat(compile(wrong)).isEqualTo(problems);
        assertThat(makesTheOther("class A { int one() { return 1; } }"))
                .as("after an error")
                .isTrue();
        assertThat(compile("class A { int two() { return 1; } }"))
                .extracting(Problem::path)
                .as("what the other file calls has gone")
                .containsExactly("B.java");
    }
}
