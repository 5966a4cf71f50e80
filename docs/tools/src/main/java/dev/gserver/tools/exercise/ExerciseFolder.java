package dev.gserver.tools.exercise;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.nio.file.Path;
import java.util.Map;

/** The folder in which a learner does one exercise of a chapter: the stage, the exercise's test, what to do, and a hint. */
public final class ExerciseFolder {
    private ExerciseFolder() {}

    /** @param committed the course as it is handed out */
    public static void write(Project project, Project committed, ChapterExercise exercise, Path folder) {
        Workspace.mustBeFree(folder);
        Path stage = committed.stage(exercise.stage().name()).folder();
        Folders.copy(stage.resolve("src"), folder.resolve("src"));
        Folders.copy(stage.resolve("pom.xml"), folder.resolve("pom.xml"));
        Maven.copyWrapper(project, folder);
        Folders.write(folder.resolve(exercise.testFile()), exercise.test());
        Folders.write(folder.resolve("EXERCISE.md"), page(project, exercise));
    }

    private static String page(Project project, ChapterExercise exercise) {
        String chapter = Folders.slashes(project.home()
                .resolve(project.texts().page("docs/" + exercise.stage().name() + ".md")));
        String docs = chapter.substring(0, chapter.lastIndexOf('/') + 1);
        return Template.fill(
                project.texts(),
                ExerciseFolder.class,
                project.texts().file("exercise.md"),
                Map.of(
                        "title", exercise.title(),
                        "text", exercise.text().replaceAll("\\]\\((?=[\\w.-]+\\.md)", "](" + docs),
                        "test", exercise.testClass(),
                        "file", exercise.testFile(),
                        "number", String.valueOf(exercise.stage().number()),
                        "chapter", chapter));
    }
}
