package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A folder in which the tests of a stage run on a learner's code: the tests and the pom are the stage's, whatever happened
 * to those of the learner. A copy, so that the learner's folder stays as it is. Closing it deletes it.
 */
public final class TestOn implements AutoCloseable {
    private static final String MOST_SECONDS = "900"; // if a learner has it wait for ever outside of a test

    private final Exercise exercise;
    private final Path learners;
    private final Path folder;
    private final Map<Piece, Integer> todos = new LinkedHashMap<>(); // left in the learner's files

    private TestOn(Exercise exercise, Path learners, Path folder) {
        this.exercise = exercise;
        this.learners = learners;
        this.folder = folder;
    }

    /** @param learners the folder that {@code course start} made, or any other with the main sources of the stage */
    public static TestOn prepare(Project project, Stage stage, Path learners) throws IOException {
        if (!Files.isDirectory(learners.resolve(Workspace.MAIN))) {
            throw Refusal.ofArguments(learners + ": expected a folder with " + Workspace.MAIN + " in it");
        }
        Path folder = Files.createTempDirectory("course-").toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(folder))); // after Ctrl-C too
        TestOn test = new TestOn(new Exercise(project, stage), learners.toRealPath(), folder);
        Workspace.copyTests(stage, folder);
        Folders.copy(learners.resolve("src/main"), folder.resolve("src/main"));
        test.countTodos();
        return test;
    }

    private void countTodos() {
        for (Piece piece : exercise.tasks()) {
            Path file = learners.resolve(Workspace.MAIN).resolve(piece.path());
            String text = Files.exists(file) ? Folders.read(file) : "";
            Pattern todo = Pattern.compile("\"TODO " + piece.name() + "\\.");
            int left = (int) todo.matcher(text).results().count();
            if (left > 0) {
                todos.put(piece, left);
            }
        }
    }

    /** The Maven project to test; its reports are in target/surefire-reports. */
    public Path folder() {
        return folder;
    }

    /** The learner's folder. */
    public Path learners() {
        return learners;
    }

    /** What Maven is to be told. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        options.add("test");
        options.add("-Dsurefire.timeout=" + MOST_SECONDS);
        options.add("-Djunit.jupiter.execution.timeout.thread.mode.default=SEPARATE_THREAD"); // ends what hangs
        if (!todos.isEmpty()) {
            options.add(Workspace.IMPATIENT);
        }
        return options;
    }

    /** {@code text} with the names of files as they are in the learner's folder. */
    public String shown(String text) {
        String slashes = folder.toString().replace('\\', '/'); // Maven writes /C:/Users/... on Windows
        return text.replace("/" + slashes, learners.toString())
                .replace(folder.toString(), learners.toString())
                .replace(slashes, learners.toString());
    }

    /** The test classes of the stage that are not among {@code finished}, the simple names of those that have a report. */
    public Set<String> notFinished(Collection<String> finished) {
        Set<String> names = new TreeSet<>(exercise.tests().names());
        names.removeAll(finished);
        return names;
    }

    /** What the learner does when all tests pass. */
    public String whenAllPass() {
        return "compare it with the course's own code in " + exercise.stage().main();
    }

    /**
     * What the learner does next: the first class, in the order of the task, with a body to write; else the first whose
     * tests fail.
     *
     * @param failing the simple names of the test classes with a failure
     */
    public String next(Collection<String> failing) {
        if (!todos.isEmpty()) {
            return firstTodo();
        }
        for (Piece piece : exercise.tasks()) {
            for (String test : failing) {
                if (exercise.tests().of(piece).contains(test)) {
                    return "all bodies are written; " + test + " looks at " + piece.name();
                }
            }
        }
        return "all bodies are written; are all lines changed that TASK.md lists?";
    }

    private String firstTodo() {
        Map.Entry<Piece, Integer> first = todos.entrySet().iterator().next();
        int left = todos.values().stream().mapToInt(Integer::intValue).sum();
        List<Piece> tasks = exercise.tasks();
        return first.getKey().name() + ", number " + (tasks.indexOf(first.getKey()) + 1) + " of " + tasks.size()
                + " in TASK.md, with " + first.getValue() + " of the " + left + " bodies that are left to write";
    }

    @Override
    public void close() {
        deleteQuietly(folder);
    }

    private static void deleteQuietly(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("course: " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
