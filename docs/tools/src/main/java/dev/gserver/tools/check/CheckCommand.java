package dev.gserver.tools.check;

import dev.gserver.tools.build.Builds;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.transcript.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks what the course promises about its stages and pages; or pages alone, while somebody writes them. */
@Command(
        name = "check",
        customSynopsis = "check [--fast] [PAGE...]",
        description = "check what the course promises about its stages and pages")
public final class CheckCommand implements Callable<Integer> {
    private final Home home;
    private final Tools tools;

    @Spec
    private CommandSpec spec;

    @Option(names = "--fast", description = "do not run the commands of the pages")
    private boolean fast;

    @Parameters(paramLabel = "PAGE", description = "check nothing but these, such as docs/protocol.md")
    private List<String> words = List.of();

    public CheckCommand(Home home) {
        this(home, Tools.ofSystem());
    }

    CheckCommand(Home home, Tools tools) {
        this.home = home;
        this.tools = tools;
    }

    /** Tells each verdict as soon as it is there: the commands of the pages take a while. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Repository repository = Repository.read(home.project());
        List<Page> chosen = words.isEmpty()
                ? repository.pages().all()
                : words.stream().map(word -> page(repository, word)).toList();
        List<Check> checks = new ArrayList<>();
        if (words.isEmpty()) {
            checks.addAll(ofStages(repository));
        }
        checks.addAll(ofTexts(repository, chosen));
        boolean good = tell(checks);
        if (!fast) {
            good &= tell(ofCommands(repository, chosen));
        }
        return good ? 0 : 1;
    }

    private Page page(Repository repository, String word) {
        return repository
                .pages()
                .page(home.project().home().relativize(home.resolve(word)))
                .orElseThrow(() -> Refusal.ofArguments("'" + word + "': expected a page such as docs/protocol.md"));
    }

    private boolean tell(List<Check> checks) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        boolean good = true;
        for (Check check : checks) {
            for (Verdict verdict : check.verdicts()) {
                out.print(verdict);
                good &= verdict.isGood();
                if (out.checkError()) {
                    throw Refusal.ofWork("what is printed is not read any more; the checks from here on are left out");
                }
            }
        }
        return good;
    }

    private static List<Check> ofStages(Repository repository) {
        List<Check> checks = new ArrayList<>();
        List<Stage> stages = repository.stages();
        for (int i = 1; i < stages.size(); i++) {
            checks.add(new FilesStand(repository, stages.get(i - 1), stages.get(i)));
            checks.add(new LinesStand(repository, stages.get(i - 1), stages.get(i)));
        }
        checks.addAll(List.of(new PomsAgree(repository), new Layers(repository), new CodeLines(repository)));
        stages.forEach(stage -> checks.add(new Steps(repository, stage)));
        checks.addAll(List.of(new NotesRows(repository), new FaultRows(repository)));
        return checks;
    }

    private static List<Check> ofTexts(Repository repository, List<Page> chosen) {
        List<String> names = chosen.stream().map(Page::name).toList();
        return List.of(
                new JavaBlocks(repository, chosen),
                new References(repository, chosen),
                new Twins(repository.pages(), names::contains));
    }

    /** Builds what the commands run, once and here; each page's copy takes it over. */
    private List<Check> ofCommands(Repository repository, List<Page> chosen) {
        List<Check> checks = chosen.stream()
                .filter(page -> PageCommands.areIn(page, repository))
                .<Check>map(page -> new PageCommands(repository, page, tools))
                .toList();
        Project project = home.project();
        if (!checks.isEmpty()) {
            repository.stages().forEach(stage -> Builds.jar(project, stage));
        }
        return checks;
    }
}
