package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Fence;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.transcript.PageRun;
import dev.gserver.tools.transcript.PageRun.Trouble;
import dev.gserver.tools.transcript.Tools;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands of a page print what it says. */
record PageCommands(Repository repository, Page page, Tools tools) implements Check {
    /** Whether there is something to run; the commands of a translation are not run again. */
    static boolean areIn(Page page, Repository repository) {
        return !repository.pages().isTranslation(page) && page.fences().stream().anyMatch(Fence::isRun);
    }

    @Override
    public List<Verdict> verdicts() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (PageRun run = new PageRun(repository.home(), page, tools)) {
            Optional<Trouble> trouble = run.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            String promise = String.format(Locale.ROOT, "%s: its commands do what it says (%.1f s)", page, seconds);
            return List.of(new Verdict(promise, faults(trouble, true), faults(trouble, false)));
        }
    }

    private List<Fault> faults(Optional<Trouble> trouble, boolean areFaults) {
        return trouble
                .filter(found -> found.isFault() == areFaults)
                .map(found -> Fault.of(page, found.line(), found.text()))
                .stream()
                .toList();
    }
}
