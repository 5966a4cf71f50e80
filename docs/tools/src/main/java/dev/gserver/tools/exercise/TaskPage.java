package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** TASK.md: what to build, in which order, and which tests look at it. */
final class TaskPage {
    private final Project project;
    private final Exercise exercise;
    private final Path folder;

    TaskPage(Project project, Exercise exercise, Path folder) {
        this.project = project;
        this.exercise = exercise;
        this.folder = folder;
    }

    String text() {
        int number = exercise.stage().number();
        return Template.fill(
                TaskPage.class,
                "task.md",
                Map.of(
                        "number", String.valueOf(number),
                        "layer", exercise.stage().layer(),
                        "base", exercise.previous().isPresent() ? "stage " + (number - 1) : "the frame of a server",
                        "test", aTest(),
                        "course", project.home().resolve("course").toString(),
                        "folder", folder.toString(),
                        "tasks", tasks(),
                        "whole", whole(),
                        "packages", quoted(packages()),
                        "main", project.stage(exercise.stage().name()).main().toString()));
    }

    private String aTest() {
        return exercise.tasks().stream()
                .filter(Piece::isNew)
                .flatMap(piece -> exercise.tests().of(piece).stream())
                .findFirst()
                .orElse("GServerTest");
    }

    private String tasks() {
        StringBuilder out = new StringBuilder();
        int number = 1;
        for (List<Piece> group : exercise.groups()) {
            if (group.size() > 1) {
                out.append("\nThe classes ").append(number).append(" to ").append(number + group.size() - 1);
                out.append(" need one another: their tests pass when all of them are there.\n");
            }
            for (Piece piece : group) {
                out.append(task(number++, piece));
            }
        }
        return out.toString();
    }

    private String task(int number, Piece piece) {
        StringBuilder out = new StringBuilder("\n### " + number + ". `" + piece.name() + "`");
        out.append(piece.isNew() ? "\n" : ", changed\n");
        out.append("\n`")
                .append(Workspace.MAIN)
                .append('/')
                .append(piece.path())
                .append("`: ");
        out.append(piece.about()).append(".\n");
        if (!piece.todos().isEmpty()) {
            List<String> names = piece.todos().stream()
                    .map(todo -> todo.member().substring(piece.name().length() + 1))
                    .distinct()
                    .toList();
            out.append("\nTo write: ").append(quoted(names)).append(".\n");
        }
        if (!piece.cut().given().isEmpty()) {
            out.append("\nGiven: ").append(quoted(piece.cut().given())).append(".\n");
        }
        out.append(steps(piece)).append("\n").append(tests(piece)).append("\n");
        return out.append(
                        piece.wiring().isEmpty() ? "" : "\nLines that change:\n\n```diff\n" + piece.wiring() + "```\n")
                .toString();
    }

    private static String steps(Piece piece) {
        String rows = piece.steps().stream()
                .map(step -> "| `" + step.id() + "` | " + step.what() + " | `" + step.code() + "` |\n")
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "\n| step | what happens | where |\n|---|---|---|\n" + rows;
    }

    private String tests(Piece piece) {
        Set<String> tests = exercise.tests().of(piece);
        if (!tests.isEmpty()) {
            return "Tests: " + quoted(tests) + ".";
        }
        Set<String> through = new TreeSet<>();
        for (Piece other : exercise.tasks()) {
            if (other.uses().contains(piece.name())) {
                through.addAll(exercise.tests().of(other));
            }
        }
        return through.isEmpty()
                ? "Tests: those of the whole server."
                : "No test of its own; seen by those of the classes that use it: " + quoted(through) + ".";
    }

    private String whole() {
        List<String> paragraphs = new ArrayList<>();
        if (!exercise.tests().ofAll().isEmpty()) {
            paragraphs.add("These look at the server as a whole: "
                    + quoted(exercise.tests().ofAll()) + ".\n\n");
        }
        List<String> given = exercise.pieces().stream()
                .filter(piece -> !piece.isTask()
                        && Given.packageOf(piece.path()).equals(exercise.stage().layer()))
                .map(Piece::name)
                .toList();
        if (!given.isEmpty()) {
            paragraphs.add("Given, as there is nothing to write in them: " + quoted(given) + ".\n\n");
        }
        return String.join("", paragraphs);
    }

    private Set<String> packages() {
        return exercise.pieces().stream()
                .filter(exercise::isGiven)
                .map(piece -> Given.packageOf(piece.path()))
                .filter(name -> !name.isEmpty() && !Given.isWritten(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
