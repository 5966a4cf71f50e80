package dev.gserver.tools.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import dev.gserver.tools.common.English;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Sentences;
import dev.gserver.tools.common.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final String BUNDLE = "dev.gserver.tools.race.sentences";

    /** What the races' program says itself, and a sentence that depends on what is found. */
    private static final List<String> OTHERS = List.of(
            "{0} waits for ever",
            "{0} and {1} wait for ever",
            "message {0} is begun after {1}",
            "message {0} is begun after {1}, which is in hand");

    private static Set<String> sentences() {
        Set<String> sentences = new TreeSet<>(OTHERS);
        Folders.texts(Project.ofProgram().docs().resolve("races/scenarios")).forEach((path, text) -> {
            JavaSource source = JavaSource.parse(Map.of(path, text)).sources().get(0);
            outcomes(source).forEach(sentences::add);
            story(path, text).forEach(sentences::add);
            promises(source).map(kept -> English.sentence(kept.getExpression())).forEach(sentences::add);
            source.all(MethodInvocationTree.class).stream()
                    .filter(call -> call.getMethodSelect().toString().equals("check"))
                    .map(call -> English.sentence(call.getArguments().get(1)))
                    .filter(sentence -> !sentence.startsWith("message "))
                    .forEach(sentences::add);
        });
        return sentences;
    }

    /** Those that a test of jcstress names. */
    private static Stream<String> outcomes(JavaSource source) {
        return source.all(AnnotationTree.class).stream()
                .filter(one -> one.getAnnotationType().toString().equals("Outcome"))
                .map(one -> value(one, "id") + ": " + value(one, "desc"));
    }

    private static String value(AnnotationTree annotation, String name) {
        return annotation.getArguments().stream()
                .map(AssignmentTree.class::cast)
                .filter(value -> value.getVariable().toString().equals(name))
                .map(value -> English.sentence(value.getExpression()))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> story(String path, String text) {
        return Pattern.compile("(?s)\n/\\*\\*(.*?)\\*/\n")
                .matcher(text)
                .results()
                .limit(path.endsWith("Scenario.java") ? 1 : 0)
                .map(story -> story.group(1).replaceAll("\\s*\n \\* ?", " ").strip());
    }

    private static Stream<ReturnTree> promises(JavaSource source) {
        return source.all(MethodTree.class).stream()
                .filter(method -> method.getName().contentEquals("promise"))
                .flatMap(method -> JavaSource.all(ReturnTree.class, method).stream());
    }

    @Test
    @DisplayName("the bundle has what each scenario promises and finds, and nothing else")
    void hasWhatTheScenariosSay() {
        assertThat(Texts.ENGLISH.of(BUNDLE).all("").values()).containsExactlyInAnyOrderElementsOf(sentences());
    }

    @Test
    @DisplayName("a sentence with its values; what is not in the bundle stays as it is")
    void findsASentence() {
        Sentences sentences = new Sentences(BUNDLE);
        assertThat(sentences.of("worker-1 waits for ever")).isEqualTo("worker-1 永远等下去");
        assertThat(sentences.of("worker-1 and worker-2 wait for ever")).isEqualTo("worker-1 和 worker-2 永远等下去");
        assertThat(sentences.of("message 3 is begun after 2, which is in hand")).isEqualTo("处理消息 2 的途中，又开始处理消息 3");
        assertThat(sentences.of("NullPointerException")).isEqualTo("NullPointerException");
    }
}
