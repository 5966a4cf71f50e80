package dev.gserver.tools.exercise;

import dev.gserver.tools.exercise.Cutter.Cut;
import dev.gserver.tools.exercise.Cutter.Todo;
import dev.gserver.tools.markdown.NotesMap.Step;
import java.util.List;
import java.util.Set;

/**
 * One file of the exercise.
 *
 * @param path from src/main/java on, with slashes
 * @param about what its class is, in a sentence
 * @param cut its text and the bodies that are missing in it
 * @param wiring the lines that the learner changes in what the stage before has, as a diff shows them
 * @param uses the names that its new members mention
 * @param steps the steps of the notes that belong to it
 */
record Piece(String path, String about, boolean isNew, Cut cut, String wiring, Set<String> uses, List<Step> steps) {
    String name() {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }

    List<Todo> todos() {
        return cut.todos();
    }

    /** Whether there is something to do in it. */
    boolean isTask() {
        return !todos().isEmpty() || !wiring.isEmpty();
    }
}
