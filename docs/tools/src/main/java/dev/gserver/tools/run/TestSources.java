package dev.gserver.tools.run;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of the tests in a folder: a test's sentence, which is its display name, and the line where it failed. */
final class TestSources {
    record Place(Path file, int line) {}

    private final Path folder;

    TestSources(Path folder) {
        this.folder = folder;
    }

    /** The display name of a test; its method's name if it has none. */
    String sentence(TestFailure failure) throws IOException {
        Path file = file(failure.testClass());
        String name = Files.exists(file) ? sentences(file).get(failure.method()) : null;
        String sentence = name == null ? failure.method() : name;
        return failure.call().isEmpty() ? sentence : sentence + " " + failure.call();
    }

    /** The first line of the failure's stack that is in its test class; else in any of the tests. */
    Optional<Place> place(TestFailure failure) {
        Optional<Place> own = place(failure, Pattern.quote(outer(failure.testClass())));
        return own.isPresent() ? own : place(failure, "[\\w.]+");
    }

    private Optional<Place> place(TestFailure failure, String type) {
        return Pattern.compile(
                        "^\\s*at (?:[^/\\n]*/)?(" + type + ")[\\w.$]*\\.[^.(\\n]+\\(\\w+\\.java:(\\d+)\\)",
                        Pattern.MULTILINE)
                .matcher(failure.stack())
                .results()
                .filter(frame -> Files.exists(file(frame.group(1))))
                .findFirst()
                .map(this::place);
    }

    private Place place(MatchResult frame) {
        return new Place(file(frame.group(1)), Integer.parseInt(frame.group(2)));
    }

    private Path file(String type) {
        return folder.resolve(outer(type).replace('.', '/') + ".java");
    }

    private static String outer(String type) {
        return type.replaceFirst("\\$.*", "");
    }

    private static Map<String, String> sentences(Path file) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, String> sentences = new HashMap<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, problem -> {}, null, null, files.getJavaFileObjects(file));
            for (CompilationUnitTree unit : task.parse()) {
                new Names(sentences).scan(unit, null);
            }
        }
        return sentences;
    }

    /** Collects the display names of methods. */
    private static final class Names extends TreeScanner<Void, Void> {
        private final Map<String, String> sentences;

        Names(Map<String, String> sentences) {
            this.sentences = sentences;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
                if (annotation.getAnnotationType().toString().equals("DisplayName")) {
                    sentences.put(
                            method.getName().toString(),
                            text(annotation.getArguments().get(0)));
                }
            }
            return null;
        }

        private static String text(ExpressionTree tree) {
            if (tree instanceof AssignmentTree value) {
                return text(value.getExpression());
            }
            if (tree instanceof BinaryTree sum) {
                return text(sum.getLeftOperand()) + text(sum.getRightOperand());
            }
            return tree instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : tree.toString();
        }
    }
}
