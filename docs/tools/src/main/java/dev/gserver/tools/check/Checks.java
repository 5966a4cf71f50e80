package dev.gserver.tools.check;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Shutdown;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.transcript.PageRun;
import dev.gserver.tools.transcript.PageRun.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks what the course promises about its stages and pages; or pages alone, while somebody writes them. */
public final class Checks {
    private final Project project;
    private final Repository repository;
    private final PrintStream out;
    private boolean good = true;

    public Checks(Project project, PrintStream out) {
        this.project = project;
        this.repository = new Repository(project);
        this.out = out;
    }

    /**
     * Tells each verdict as soon as it is there: the commands of the pages take a while. Returns the exit code.
     *
     * @param words the pages to check, as typed; none: all of them, and the stages
     * @param fast whether the pages' commands are left out
     */
    public int run(List<String> words, boolean fast, Tools tools) throws IOException, InterruptedException {
        List<Page> chosen = words.isEmpty()
                ? repository.pages()
                : words.stream().map(this::page).toList();
        if (words.isEmpty()) {
            new StageChecks(repository).verdicts().forEach(this::tell);
            new TableChecks(repository).verdicts().forEach(this::tell);
        }
        JavaBlocks blocks = new JavaBlocks(repository);
        References references = new References(repository);
        List<String> names = chosen.stream().map(Page::name).toList();
        tell(Verdict.of("the pages' Java stands in the stages", chosen.stream().flatMap(blocks::faults)));
        tell(Verdict.of(
                "the pages' links, paths and names exist", chosen.stream().flatMap(references::faults)));
        tell(Verdict.of(
                "both languages have the same blocks and headings",
                new Twins(repository).faults().filter(fault -> names.contains(fault.file()))));
        tell(Verdict.of(
                "each rung has its box in its section of the chapter, and its code is folded",
                new Boxes(repository).faults().filter(fault -> names.contains(fault.file()))));
        if (!fast) {
            runCommands(chosen, tools);
        }
        return good ? 0 : 1;
    }

    Page page(String word) {
        return repository
                .page(project.home().relativize(project.resolve(word)))
                .orElseThrow(() -> Refusal.ofArguments("'" + word + "': expected a page such as docs/protocol.md"));
    }

    private void tell(Verdict verdict) {
        Shutdown.check();
        out.print(verdict);
        good &= verdict.faults().isEmpty();
        if (out.checkError()) {
            throw Refusal.ofLostOutput();
        }
    }

    /** What the commands run is built once and here; each page's copy takes it over. Those of translations are not run. */
    private void runCommands(List<Page> chosen, Tools tools) throws IOException, InterruptedException {
        List<Page> pages = chosen.stream()
                .filter(page -> !Repository.isTranslation(page)
                        && page.fences().stream().anyMatch(Fence::isRun))
                .toList();
        if (!pages.isEmpty()) {
            project.stages().forEach(stage -> Maven.jar(project, stage));
        }
        for (Page page : pages) {
            runCommands(page, tools);
        }
    }

    void runCommands(Page page, Tools tools) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (PageRun run = new PageRun(project.home(), page, tools)) {
            Optional<PageRun.Trouble> trouble = run.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            String promise = String.format(Locale.ROOT, "%s: its commands do what it says (%.1f s)", page, seconds);
            List<Fault> found = trouble.stream()
                    .map(one -> Fault.of(page, one.line(), one.text()))
                    .toList();
            boolean areFaults = trouble.filter(PageRun.Trouble::isFault).isPresent();
            tell(new Verdict(promise, areFaults ? found : List.of(), areFaults ? List.of() : found));
        }
    }
}
