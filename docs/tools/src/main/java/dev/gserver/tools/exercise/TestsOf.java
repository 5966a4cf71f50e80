package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project.Stage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which test classes look at which piece of an exercise. */
final class TestsOf {
    private final Map<String, String> texts; // by name of the class
    private final Map<String, Set<String>> byPiece = new HashMap<>();
    private final Set<String> ofAll;

    TestsOf(Exercise exercise) {
        this.texts = read(exercise.stage());
        Map<String, String> before =
                exercise.previous().isPresent() ? read(exercise.previous().get()) : Map.of();
        Set<String> changed = new TreeSet<>(texts.keySet());
        changed.removeIf(name -> texts.get(name).equals(before.get(name)));
        this.ofAll = new TreeSet<>(changed);
        for (Piece piece : exercise.tasks()) {
            Set<String> found = new TreeSet<>();
            for (String test : changed) {
                if (owner(exercise, test).equals(piece.name()) || !piece.isNew() && calls(texts.get(test), piece)) {
                    found.add(test);
                }
            }
            piece.steps().forEach(step -> found.add(step.test()));
            byPiece.put(piece.name(), found);
            ofAll.removeAll(found);
        }
    }

    private static Map<String, String> read(Stage stage) {
        Map<String, String> tests = new TreeMap<>();
        Folders.texts(stage.tests()).forEach((path, text) -> {
            if (path.endsWith("Test.java")) {
                tests.put(path.substring(path.lastIndexOf('/') + 1).replace(".java", ""), text);
            }
        });
        return tests;
    }

    /** The class that a test is named after: EventLoopCloseTest belongs to EventLoop. */
    private static String owner(Exercise exercise, String test) {
        return exercise.pieces().stream()
                .map(Piece::name)
                .filter(test::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static boolean calls(String test, Piece piece) {
        return piece.todos().stream()
                .filter(todo -> !todo.isPrivate())
                .anyMatch(todo -> test.contains("." + todo.method() + "("));
    }

    /** The names of all test classes of the stage. */
    Set<String> names() {
        return texts.keySet();
    }

    /** The tests that pin {@code piece} down. */
    Set<String> of(Piece piece) {
        return byPiece.getOrDefault(piece.name(), Set.of());
    }

    /** The new tests that look at the server as a whole. */
    Set<String> ofAll() {
        return ofAll;
    }
}
