package dev.gserver.tools.markdown;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.markdown.Page.Row;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of docs/notes-map.md: every step of the notes, the stage that it belongs to, and the code that does it.
 *
 * @param unreadable rows that are no step
 */
public record NotesMap(List<Step> steps, List<Row> unreadable) {
    /** The page, seen from the root of the checkout. */
    public static final String PAGE = "docs/notes-map.md";

    private static final String ROW = "`[^`]+` \\| [1-5] \\| [^|]+ \\| `[^`.]+\\.[^`]+` \\| `[^`]+`";

    /**
     * A row of the table.
     *
     * @param home number of the stage where the step begins to exist; it is in all later ones too
     * @param code class and method, such as GServer.start
     * @param test class of the test that pins it down
     */
    public record Step(int line, String id, int home, String what, String code, String test) {
        public String className() {
            return code.substring(0, code.indexOf('.'));
        }
    }

    /** Reads the table of the checkout, in the user's language; one that has no such page has no steps. */
    public static NotesMap read(Project project) {
        String page = project.texts().page(PAGE);
        return Files.exists(project.home().resolve(page))
                ? of(Page.read(project.home(), page))
                : new NotesMap(List.of(), List.of());
    }

    static NotesMap of(Page page) {
        NotesMap map = new NotesMap(new ArrayList<>(), new ArrayList<>());
        for (Row row : page.rows()) {
            if (String.join(" | ", row.cells()).matches(ROW)) {
                List<String> names =
                        row.cells().stream().map(cell -> cell.replace("`", "")).toList();
                map.steps.add(new Step(
                        row.line(),
                        names.get(0),
                        Integer.parseInt(names.get(1)),
                        row.cells().get(2),
                        names.get(3),
                        names.get(4)));
            } else {
                map.unreadable.add(row);
            }
        }
        return map;
    }

    /** The steps that {@code stage} has to have: its own and those of the stages before it. */
    public List<Step> upTo(Stage stage) {
        return steps.stream().filter(step -> step.home() <= stage.number()).toList();
    }

    /** The steps that begin to exist in {@code stage}. */
    public List<Step> of(Stage stage) {
        return steps.stream().filter(step -> step.home() == stage.number()).toList();
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }
}
