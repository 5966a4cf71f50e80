package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rows of docs/faults.md end with a stage and a test, which is in that stage and in the later ones. */
record FaultRows(Repository repository) implements Check {
    private static final String PAGE = "docs/faults.md";

    @Override
    public List<Verdict> verdicts() {
        List<Row> rows = repository.pages().page(Path.of(PAGE)).map(Page::rows).orElse(List.of());
        List<Row> readable = rows.stream().filter(FaultRows::isReadable).toList();
        return List.of(
                Verdict.of(
                        PAGE + " is well-formed",
                        rows.stream()
                                .filter(row -> !isReadable(row))
                                .map(row -> fault(row, row.cells() + ": expected a stage and a `Test` at its end"))),
                Verdict.of(
                        PAGE + " names tests that exist (" + readable.size() + ")",
                        readable.stream().flatMap(this::missingTests)));
    }

    private static boolean isReadable(Row row) {
        return row.cells().size() >= 3
                && cell(row, 2).matches("[1-5]")
                && cell(row, 1).matches("`[A-Za-z]+`");
    }

    /** The cell of that number from the end; the last is number 1. */
    private static String cell(Row row, int number) {
        return row.cells().get(row.cells().size() - number);
    }

    private Stream<Fault> missingTests(Row row) {
        int home = Integer.parseInt(cell(row, 2));
        String test = cell(row, 1).replace("`", "");
        return repository.stages().stream()
                .filter(stage -> stage.number() >= home && !repository.hasTest(stage, test))
                .map(stage -> fault(row, "no " + test + " in " + stage.name()));
    }

    private static Fault fault(Row row, String text) {
        return new Fault(PAGE, row.line(), text);
    }
}
