package dev.gserver.tools.exercise;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which a learner writes a stage: a Maven project that needs nothing else of the course. */
public final class Workspace {
    /** Has tests wait less for what does not come: while bodies are missing, most of what they wait for does not. */
    static final String IMPATIENT = "-Dgserver.patience-ms=2000";

    public static final String MAIN = "src/main/java";

    private Workspace() {}

    /** Makes the folder; returns how many bodies there are to write. */
    public static int write(Project project, Exercise exercise, Path folder) {
        mustBeFree(folder);
        copyTests(exercise.stage(), folder);
        exercise.skeleton()
                .forEach((path, text) -> Folders.write(folder.resolve(MAIN).resolve(path), text));
        Maven.copyWrapper(project, folder);
        Folders.write(folder.resolve(".mvn/maven.config"), IMPATIENT + "\n");
        Folders.write(folder.resolve("TASK.md"), new TaskPage(project, exercise, folder).task());
        Folders.write(folder.resolve("AGENTS.md"), new TaskPage(project, exercise, folder).agents());
        return exercise.ladder().bodies().size();
    }

    static void mustBeFree(Path folder) {
        String[] content = folder.toFile().list();
        if (Files.exists(folder) && (content == null || content.length > 0)) {
            throw Refusal.ofArguments(folder + " is there already: expected a folder that is empty or does not exist");
        }
    }

    static void copyTests(Stage stage, Path folder) {
        Folders.copy(stage.folder().resolve("src/test"), folder.resolve("src/test"));
        Folders.copy(stage.folder().resolve("pom.xml"), folder.resolve("pom.xml"));
    }
}
