package dev.gserver.tools.exercise;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The tests of a stage, as they stand in its sources. */
public final class StageTests {
    private static final String STEP = "\\w+\\.[a-z\\d]+(?:-\\d+)?";

    private final Map<String, String> texts; // of all files, by path
    private final Map<String, Map<String, Case>> cases = new HashMap<>(); // by class and method; of those asked for

    /**
     * A test.
     *
     * @param className its full name
     * @param sentence its display name
     * @param path of its file, from src/test/java on
     */
    public record Case(String className, String method, String sentence, String path) {
        /** Such as EventLoopTest.initializesInOrder. */
        public String name() {
            return className.replaceFirst(".*\\.", "") + "." + method;
        }

        /** The ids of the steps of the notes that its sentence begins with, with blanks between; "" if there are none. */
        public String steps() {
            return sentence.matches(STEP + "(?: " + STEP + ")*: .*") ? sentence.replaceFirst(": .*", "") : "";
        }
    }

    public StageTests(Stage stage) {
        this.texts = Folders.texts(stage.tests());
    }

    private Map<String, Case> read(String type) {
        Map<String, String> file = new HashMap<>(texts);
        file.keySet().removeIf(path -> !path.endsWith("/" + type + ".java"));
        Map<String, Case> found = new LinkedHashMap<>();
        for (JavaSource source : JavaSource.parse(file).sources()) {
            for (ClassTree tree : source.types()) {
                tree.getMembers().forEach(member -> {
                    if (member instanceof MethodTree method && has(method, "Test", "ParameterizedTest")) {
                        String name = method.getName().toString();
                        found.put(name, new Case(className(source), name, sentence(method), source.path()));
                    }
                });
            }
        }
        return found;
    }

    private static String className(JavaSource source) {
        return source.path().replaceFirst("\\.java$", "").replace('/', '.');
    }

    private static boolean has(MethodTree method, String... names) {
        return Stream.of(names).anyMatch(name -> annotation(method, name).isPresent());
    }

    private static Optional<? extends AnnotationTree> annotation(MethodTree method, String name) {
        return method.getModifiers().getAnnotations().stream()
                .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
                .findFirst();
    }

    private static String sentence(MethodTree method) {
        return annotation(method, "DisplayName")
                .map(JavaSource::textIn)
                .orElse(method.getName().toString());
    }

    /** @param word {@code TestClass.method}, or {@code TestClass} for all of its methods; nothing if there is no such */
    public List<Case> find(String word) {
        int dot = word.indexOf('.');
        Map<String, Case> ofClass = cases.computeIfAbsent(dot < 0 ? word : word.substring(0, dot), this::read);
        return dot < 0
                ? List.copyOf(ofClass.values())
                : Stream.ofNullable(ofClass.get(word.substring(dot + 1))).toList();
    }

    /** In their order, each once: a class may follow those of its methods that are to run first. */
    public List<Case> of(Rung rung) {
        return rung.tests().stream()
                .flatMap(word -> find(word).stream())
                .distinct()
                .toList();
    }

    /** @param name such as EventLoopTest.initializesInOrder */
    public boolean isOf(Rung rung, String name) {
        return of(rung).stream().anyMatch(test -> test.name().equals(name));
    }
}
