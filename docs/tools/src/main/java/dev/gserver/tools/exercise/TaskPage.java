package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** TASK.md: what to build, in which order, and which tests look at it; and AGENTS.md, for those who help. */
final class TaskPage {
    private final Project project;
    private final Exercise exercise;
    private final Map<String, String> values;

    /** @param folder the learner's */
    TaskPage(Project project, Exercise exercise, Path folder) {
        int number = exercise.stage().number();
        this.project = project;
        this.exercise = exercise;
        this.values = Map.of(
                "number", String.valueOf(number),
                "layer", exercise.stage().layer(),
                "course", project.home().resolve("course").toString(),
                "folder", folder.toString(),
                "chapter",
                        project.home()
                                .resolve(project.texts()
                                        .page("docs/" + exercise.stage().name() + ".md"))
                                .toString(),
                "before", number == 1 ? "" : project.texts().get("task.diff", number - 1, number),
                "rungs", exercise.ladder().rungs().stream().map(this::rung).collect(Collectors.joining("\n")),
                "main", project.stage(exercise.stage().name()).main().toString());
    }

    String task() {
        return Template.fill(project.texts(), TaskPage.class, project.texts().file("task.md"), values);
    }

    String agents() {
        return Template.fill(project.texts(), TaskPage.class, "agents.md", values);
    }

    private String rung(Rung rung) {
        return project.texts()
                .get(
                        "task.rung",
                        rung.number(),
                        rung.name(),
                        rung.does().substring(0, 1).toUpperCase(Locale.ROOT)
                                + rung.does().substring(1),
                        rung.shows(),
                        rung.bodies().stream().map(this::body).collect(Collectors.joining()),
                        quoted(rung.tests()),
                        exercise.section(project, rung).replaceFirst(".*#", "#"));
    }

    private String body(String name) {
        return exercise.bodies(name).stream()
                .map(body -> "- `" + name + "`: " + exercise.what(body) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
