package dev.gserver.tools.learn;

import dev.gserver.tools.common.Committed;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Ladder;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.Workspace;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;

/** {@code ./course learn}: looks at what a learner has written, and says what is wrong and what is next. */
public final class Learn implements AutoCloseable {
    private final Project project;
    private final Committed committed;
    private final Exercise exercise;
    private final Path folder;
    private final Runner runner;
    private final Progress progress;
    private Attempt last; // that did compile; null: there is none, or it is not to be kept

    /** @param folder the learner's, which is there */
    public Learn(Project project, Stage stage, Path folder) {
        if (!Files.isDirectory(folder.resolve(Workspace.MAIN))) {
            throw Refusal.ofArguments(folder + ": expected a folder with " + Workspace.MAIN + " in it");
        }
        Sandbox sandbox = new Sandbox();
        sandbox.prepare();
        Classes classes = new Classes(Ladder.of(stage.number()).bodies());
        classes.begin(folder.resolve(Workspace.MAIN)); // all of this takes a second, so it goes on side by side
        this.project = project;
        this.committed = Committed.of(project, stage);
        this.exercise = new Exercise(committed.project(), committed.project().stage(stage.name()));
        this.folder = folder;
        this.progress = new Progress(folder);
        this.runner = new Runner(project, exercise, sandbox, classes);
    }

    /** Makes a folder to write {@code stage} in; returns what the learner is told. */
    public static String start(Project project, Stage stage, String folder) {
        try (Committed committed = Committed.of(project, stage)) {
            Exercise exercise =
                    new Exercise(committed.project(), committed.project().stage(stage.name()));
            int bodies = Workspace.write(project, exercise, project.resolve(folder));
            return project.texts()
                            .get(
                                    "start.made",
                                    folder,
                                    stage.number(),
                                    stage.layer(),
                                    bodies,
                                    exercise.ladder().rungs().size())
                    + "\n";
        }
    }

    Path folder() {
        return folder;
    }

    /** Has the next look run all tests, also those of rungs that were green and in whose bodies nothing has changed. */
    void forget() {
        last = null;
    }

    /** Looks once: at the rungs that have been begun. */
    public Attempt look() throws InterruptedException {
        Map<String, String> texts = Folders.texts(folder.resolve(Workspace.MAIN));
        List<Rung> begun = Attempt.begun(exercise.ladder().rungs(), texts);
        List<Rung> kept = last == null ? List.of() : last.stillGreen(begun, texts);
        List<Rung> wanted = begun.stream().filter(rung -> !kept.contains(rung)).toList();
        Attempt attempt = runner.run(texts, wanted, doing()).keeping(kept, last);
        if (attempt.problems().isEmpty()) {
            last = attempt;
        }
        progress.addGreen(attempt.rungs().stream()
                .filter(attempt::isGreen)
                .map(Rung::name)
                .toList());
        Report.keep(attempt, folder);
        return attempt;
    }

    /** Does ahead what the next look needs. */
    void prepare() {
        runner.prepare();
    }

    /** What came of it, for a person. */
    public String verdict(Attempt attempt) {
        return Verdict.of(project, exercise, folder, attempt, progress);
    }

    /** Looks each time the learner saves, until the learner quits. */
    public void follow(InputStream in, PrintStream out) throws InterruptedException {
        new Session(this, project.texts(), in, out).run();
    }

    /** The next hint for a body; for the one at hand if {@code name} is empty. */
    String hint(Attempt attempt, String name) {
        String body = name.isEmpty() ? attempt.bodyAtHand().orElse("") : name;
        if (body.isEmpty()) {
            return project.texts().get("learn.all.green") + "\n";
        }
        int level = Math.min(progress.hints(body) + 1, Hint.LEVELS);
        String hint = Hint.of(project, exercise, body, level);
        progress.setHints(body, level);
        return hint;
    }

    /** The course's body beside the learner's, once the rung is green. */
    String solution(Attempt attempt, String name) {
        List<String> open = attempt.rungs().stream()
                .filter(attempt::isGreen)
                .flatMap(rung -> rung.bodies().stream())
                .toList();
        if (!open.contains(name)) {
            throw Refusal.ofArguments("s NAME: expected a body of a rung that is green"
                    + (open.isEmpty() ? ", and none is" : ": " + String.join(", ", open)));
        }
        return project.texts().get("learn.yours") + "\n\n"
                + new Places(attempt.texts()).text(name).indent(2) + "\n"
                + project.texts().get("learn.course") + "\n\n"
                + String.join(
                                "\n",
                                exercise.bodies(name).stream()
                                        .map(body -> body.text())
                                        .toList())
                        .indent(2);
    }

    private static Consumer<String> doing() {
        String erase = Ansi.AUTO.enabled() ? "\r\033[K" : null;
        return what -> {
            if (erase != null) {
                System.err.print(what.isEmpty() ? erase : erase + what + " ...");
            }
        };
    }

    @Override
    public void close() {
        runner.close();
        committed.close();
    }
}
