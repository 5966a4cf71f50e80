package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Scratch;
import dev.gserver.tools.common.Shutdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder in which the tests of a stage run on a learner's code: the tests and the pom are the stage's, whatever happened
 * to those of the learner. A copy, so that the learner's folder stays as it is. Closing it deletes it.
 */
public final class TestOn implements AutoCloseable {
    private static final String MOST_SECONDS = "900"; // if a learner has it wait for ever outside of a test

    private final Stage stage;
    private final Path learners;
    private final Scratch scratch;

    private TestOn(Stage stage, Path learners, Scratch scratch) {
        this.stage = stage;
        this.learners = learners;
        this.scratch = scratch;
    }

    /** @param learners the folder that {@code course start} made, or any other with the main sources of the stage */
    public static TestOn prepare(Stage stage, Path learners) throws IOException {
        Scratch scratch = new Scratch();
        Shutdown.whole(() -> {
            Workspace.copyTests(stage, scratch.folder());
            Folders.copy(learners.resolve("src/main"), scratch.folder().resolve("src/main"));
        });
        return new TestOn(stage, learners.toRealPath(), scratch);
    }

    /** The Maven project to test; its reports are in target/surefire-reports. */
    public Path folder() {
        return scratch.folder();
    }

    /** What Maven is to be told. */
    public List<String> options() {
        return List.of("test", "-Dsurefire.timeout=" + MOST_SECONDS); // ends what hangs
    }

    /** {@code text} with the names of files as the learner knows them: the tests are the stage's. */
    public String shown(String text) {
        return text.replace(
                        folder().resolve("src/test").toString(),
                        stage.folder().resolve("src/test").toString())
                .replace(folder().toString(), learners.toString());
    }

    @Override
    public void close() {
        scratch.close();
    }
}
