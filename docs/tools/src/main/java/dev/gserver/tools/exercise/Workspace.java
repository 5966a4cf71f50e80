package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The folder in which a learner writes a stage: a Maven project that needs nothing else of the course. */
final class Workspace {
    /** Has tests wait less for what does not come: while bodies are missing, most of what they wait for does not. */
    static final String IMPATIENT = "-Dgserver.patience-ms=2000";

    static final String MAIN = "src/main/java";

    private final Project project;
    private final Exercise exercise;
    private final Path folder;

    Workspace(Project project, Exercise exercise, Path folder) {
        this.project = project;
        this.exercise = exercise;
        this.folder = folder;
    }

    void write() throws IOException {
        Files.createDirectories(folder);
        Stage stage = exercise.stage();
        Folders.copy(stage.folder().resolve("src/test"), folder.resolve("src/test"));
        Files.copy(stage.folder().resolve("pom.xml"), folder.resolve("pom.xml"));
        for (Piece piece : exercise.pieces()) {
            Folders.write(
                    folder.resolve(MAIN).resolve(piece.path()), piece.cut().text());
        }
        copyMaven();
        Folders.write(folder.resolve("TASK.md"), new TaskPage(project, exercise, folder).text());
    }

    /** So that the folder needs no Maven on the machine. */
    private void copyMaven() throws IOException {
        Folders.copy(project.home().resolve(".mvn/wrapper"), folder.resolve(".mvn/wrapper"));
        Folders.write(folder.resolve(".mvn/maven.config"), IMPATIENT + "\n");
        for (String script : List.of("mvnw", "mvnw.cmd")) {
            Files.copy(project.home().resolve(script), folder.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
