package dev.gserver.tools.learn;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.exercise.StageTests.Case;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where in the course's own file a test has failed.
 *
 * @param statement the code there, in one line: it says what the test has asked of whom
 */
record TestPlace(int line, String statement) {
    /** @param stage where the test's source is; nothing if it did not fail in a line of its own */
    static Optional<TestPlace> of(Stage stage, Case test, Thrown thrown) {
        return Optional.ofNullable(thrown).map(Thrown::frames).orElse(List.of()).stream()
                .filter(frame -> frame.className().replaceFirst("\\$.*", "").equals(test.className()))
                .findFirst()
                .map(frame -> new TestPlace(frame.line(), statement(stage, test, frame.line())));
    }

    private static String statement(Stage stage, Case test, int line) {
        String text = Folders.read(stage.tests().resolve(test.path()));
        JavaSource source =
                JavaSource.parse(Map.of(test.path(), text)).sources().get(0);
        return Stream.of(source.all(ExpressionStatementTree.class), source.all(VariableTree.class))
                .flatMap(List::stream)
                .filter(tree -> source.line(tree) <= line && line <= source.lastLine(tree))
                .map(tree -> text.substring(source.start(tree), source.end(tree)))
                .min(Comparator.comparingInt(String::length))
                .map(code -> code.replaceAll("\\s+", " ").replace(" .", "."))
                .orElse("");
    }
}
