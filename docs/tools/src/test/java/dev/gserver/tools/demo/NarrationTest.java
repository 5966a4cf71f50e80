package dev.gserver.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodInvocationTree;
import dev.gserver.tools.RealServer;
import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.English;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Texts;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrationTest {
    /** Of the narrator's own lines, of what a client receives, and the name of a port. */
    private static final Set<String> PARTS =
            Set.of("client", "hidden", "hidden.line", "hidden.page", "packet", "port", "end");

    /** The sentences of all demos, as the bundle has them. */
    private static Set<String> sentences() {
        return Project.ofProgram().stages().stream()
                .flatMap(stage ->
                        JavaSource.parse(Folders.texts(stage.main().resolve("dev/gserver/demo"))).sources().stream())
                .flatMap(source -> source.all(MethodInvocationTree.class).stream())
                .filter(call -> call.getMethodSelect().toString().matches("narrator\\.(act|tell)"))
                .map(call -> English.sentence(call.getArguments().get(0)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("the bundle has each sentence of each stage's demo, and no other")
    void hasTheSentencesOfTheDemos() {
        assertThat(Texts.ENGLISH.of("dev.gserver.tools.demo.narration").all("").entrySet().stream()
                        .filter(entry -> !PARTS.contains(entry.getKey()))
                        .map(entry -> entry.getValue()))
                .containsExactlyInAnyOrderElementsOf(sentences());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    @DisplayName("a demo in Chinese: the same steps, and not a sentence in English, whatever the locale")
    void leavesNoEnglish(String stage) throws Exception {
        RealServer.jar(stage);
        Result result = Tool.run(RealServer.course("--zh", "demo", stage));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("\n==> ", " ms  ");
        assertThat(result.out().lines())
                .filteredOn(line -> line.matches("==> .*| {4}\\S.*"))
                .filteredOn(line -> !line.contains(" PID ") && !line.contains(" java ") && !line.startsWith("==> ps "))
                .allMatch(line -> line.matches(".*\\p{IsHan}.*"))
                .filteredOn(line -> !line.contains("错误是："))
                .noneMatch(line -> line.matches(".*([a-z]+ [a-z]+ [a-z]+ [a-z]+|port \\d).*"));
    }
}
