package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a folder in which a learner writes a stage. */
@Command(
        name = "start",
        customSynopsis = "start N DIR",
        description = "a folder to write stage N in: the stage before it, and what to do")
public final class StartCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private String word;

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder; empty, or not there yet")
    private String folder;

    public StartCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Stage stage = home.project().stage(word);
        Path target = home.resolve(folder).toAbsolutePath();
        try {
            checkFree(target);
            Exercise exercise = new Exercise(home.project(), stage);
            new Workspace(home.project(), exercise, target).write();
            report(exercise);
            return 0;
        } catch (FileSystemException e) {
            throw Refusal.ofWork(e.getFile() + " cannot be read or written: expected a folder " + target
                    + " that can be made and written to");
        }
    }

    private static void checkFree(Path target) throws IOException {
        boolean free = !Files.exists(target);
        if (Files.isDirectory(target)) {
            try (Stream<Path> content = Files.list(target)) {
                free = content.findAny().isEmpty();
            }
        }
        if (!free) {
            throw Refusal.ofArguments(target + " is there already: expected a folder that is empty or does not exist");
        }
    }

    private void report(Exercise exercise) {
        int bodies = exercise.tasks().stream()
                .mapToInt(piece -> piece.todos().size())
                .sum();
        PrintWriter out = spec.commandLine().getOut();
        out.print("course: " + folder + ": stage " + exercise.stage().number() + ", the layer " + exercise.layer()
                + ", with " + bodies + " bodies to write. Read TASK.md there, then: ./mvnw test\n");
        out.flush();
    }
}
