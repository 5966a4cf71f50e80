package dev.gserver.tools.check;

import dev.gserver.tools.common.Stage;
import dev.gserver.tools.diff.Line;
import dev.gserver.tools.diff.LineDiff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From stage to stage at least 99 % of the main lines stand as they are; blank ones are not counted. */
record LinesStand(Repository repository, Stage from, Stage to) implements Check {
    private static final double LEAST_PERCENT = 99;

    @Override
    public List<Verdict> verdicts() {
        int total = 0;
        List<Fault> gone = new ArrayList<>();
        for (Path file : repository.files(from.folder().resolve("src/main"))) {
            List<String> lines = repository.lines(file);
            total += (int) lines.stream().filter(line -> !line.isBlank()).count();
            gone.addAll(gone(file, lines));
        }
        double share = 100.0 * (total - gone.size()) / total;
        String promise = String.format(
                Locale.ROOT,
                "%.2f %% of the %d main lines of %s stand unchanged in %s",
                share,
                total,
                from.name(),
                to.name());
        return List.of(Verdict.of(promise, share < LEAST_PERCENT ? gone : List.of()));
    }

    private List<Fault> gone(Path file, List<String> lines) {
        Path counterpart = to.folder().resolve(from.folder().relativize(file));
        List<String> there = Files.exists(counterpart) ? repository.lines(counterpart) : List.of();
        List<Fault> gone = new ArrayList<>();
        int number = 0;
        for (Line line : LineDiff.compare(lines, there)) {
            number += line.kind() == '+' ? 0 : 1;
            if (line.kind() == '-' && !line.text().isBlank()) {
                String text = "is gone in " + to.name() + ", expected 99 % of all lines to stay: "
                        + line.text().strip();
                gone.add(new Fault(repository.name(file), number, text));
            }
        }
        return gone;
    }
}
