package dev.gserver.tools.run;

import com.sun.source.tree.MethodTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.run.TestClass.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sources of the tests: a test's sentence, which is its display name, and the line where it failed.
 *
 * @param folder that of the Maven project
 */
record TestSources(Path folder) {
    record Place(Path file, String line) {}

    /** The display name of a test; its method's name if it has none. */
    String sentence(Failure failure) {
        Path file = file(failure.testClass());
        Optional<String> name = Files.exists(file) ? displayName(file, failure.method()) : Optional.empty();
        return (name.orElse(failure.method()) + " " + failure.call()).stripTrailing();
    }

    private static Optional<String> displayName(Path file, String method) {
        return JavaSource.parse(Map.of(file.getFileName().toString(), Folders.read(file))).sources().stream()
                .flatMap(source -> source.all(MethodTree.class).stream())
                .filter(found -> found.getName().contentEquals(method))
                .flatMap(found -> found.getModifiers().getAnnotations().stream())
                .filter(annotation -> annotation.getAnnotationType().toString().equals("DisplayName"))
                .map(JavaSource::textIn)
                .findFirst();
    }

    /** The first line of the failure's stack that is in its test class; else in any of the tests. */
    Optional<Place> place(Failure failure) {
        return place(failure, Pattern.quote(outer(failure.testClass()))).or(() -> place(failure, "[\\w.]+"));
    }

    private Optional<Place> place(Failure failure, String type) {
        return Pattern.compile(
                        "^\\s*at (?:[^/\\n]*/)?(" + type + ")[\\w.$]*\\.[^.(\\n]+\\(\\w+\\.java:(\\d+)\\)",
                        Pattern.MULTILINE)
                .matcher(failure.stack())
                .results()
                .map(frame -> new Place(file(frame.group(1)), frame.group(2)))
                .filter(place -> Files.exists(place.file()))
                .findFirst();
    }

    private Path file(String type) {
        return folder.resolve("src/test/java").resolve(outer(type).replace('.', '/') + ".java");
    }

    private static String outer(String type) {
        return type.replaceFirst("\\$.*", "");
    }
}
