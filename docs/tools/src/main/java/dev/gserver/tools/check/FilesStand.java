package dev.gserver.tools.check;

import dev.gserver.tools.common.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** From stage to stage no file disappears. */
record FilesStand(Repository repository, Stage from, Stage to) implements Check {
    @Override
    public List<Verdict> verdicts() {
        return List.of(Verdict.of(
                "every file of " + from.name() + " is in " + to.name() + " too",
                repository.files(from.folder().resolve("src")).stream()
                        .filter(file -> !Files.exists(counterpart(file)))
                        .map(file -> new Fault(repository.name(file), 0, "is missing in " + to.name()))));
    }

    private Path counterpart(Path file) {
        return to.folder().resolve(from.folder().relativize(file));
    }
}
