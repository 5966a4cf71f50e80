package dev.gserver.tools.notes;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.markdown.Page;
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

    /**
     * A row of the table.
     *
     * @param line its line in the page
     * @param home number of the stage where the step begins to exist; it is in all later ones too
     * @param code class and method, such as GServer.start
     * @param test class of the test that pins it down
     */
    public record Step(int line, String id, int home, String what, String code, String test) {
        public String className() {
            return code.substring(0, code.indexOf('.'));
        }

        public String method() {
            return code.substring(code.indexOf('.') + 1);
        }

        private static Optional<Step> of(Row row) {
            List<String> cells = row.cells();
            String written = String.join(" | ", cells);
            if (!written.matches("`[^`]+` \\| [1-5] \\| [^|]+ \\| `[^`.]+\\.[^`]+` \\| `[^`]+`")) {
                return Optional.empty();
            }
            return Optional.of(new Step(
                    row.line(),
                    name(cells.get(0)),
                    Integer.parseInt(cells.get(1)),
                    cells.get(2),
                    name(cells.get(3)),
                    name(cells.get(4))));
        }

        private static String name(String cell) {
            return cell.replace("`", "");
        }
    }

    /** Reads the table of the checkout; one that has no such page has no steps. */
    public static NotesMap read(Project project) {
        return Files.exists(project.home().resolve(PAGE))
                ? of(Page.read(project.home(), PAGE))
                : new NotesMap(List.of(), List.of());
    }

    static NotesMap of(Page page) {
        List<Step> steps = new ArrayList<>();
        List<Row> unreadable = new ArrayList<>();
        for (Row row : page.rows()) {
            Step.of(row).ifPresentOrElse(steps::add, () -> unreadable.add(row));
        }
        return new NotesMap(steps, unreadable);
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
