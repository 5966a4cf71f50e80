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
    private final Exercise exercise;
    private final Map<String, String> values;

    /** @param folder the learner's */
    TaskPage(Project project, Exercise exercise, Path folder) {
        int number = exercise.stage().number();
        this.exercise = exercise;
        this.values = Map.of(
                "number", String.valueOf(number),
                "layer", exercise.stage().layer(),
                "course", project.home().resolve("course").toString(),
                "folder", folder.toString(),
                "chapter",
                        project.docs().resolve(exercise.stage().name() + ".md").toString(),
                "before",
                        number == 1
                                ? ""
                                : "`./course diff " + (number - 1) + " " + number + "` shows all that is new. ",
                "rungs", exercise.ladder().rungs().stream().map(this::rung).collect(Collectors.joining("\n")),
                "main", project.stage(exercise.stage().name()).main().toString());
    }

    String task() {
        return Template.fill(TaskPage.class, "task.md", values);
    }

    String agents() {
        return Template.fill(TaskPage.class, "agents.md", values);
    }

    private String rung(Rung rung) {
        return "### " + rung.number() + ". " + rung.name() + "\n\n"
                + rung.does().substring(0, 1).toUpperCase(Locale.ROOT)
                + rung.does().substring(1) + ". What you see: "
                + rung.shows() + ".\n\n"
                + rung.bodies().stream().map(this::body).collect(Collectors.joining())
                + "\nTests: " + quoted(rung.tests()) + ". Chapter: #" + rung.section() + ".\n";
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
