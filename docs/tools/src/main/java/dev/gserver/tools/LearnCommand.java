package dev.gserver.tools;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.learn.Attempt;
import dev.gserver.tools.learn.Learn;
import dev.gserver.tools.learn.Report;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "learn",
        customSynopsis = {"learn N DIR", "         [--once [--json]]"},
        description = {
            "write stage N in DIR, rung by rung: a verdict each time you save",
            "a single verdict; for programs, an object of JSON for each test"
        })
final class LearnCommand implements Callable<Integer> {
    private final Project project;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private Stage stage;

    @Parameters(index = "1", paramLabel = "DIR", description = "where it is written; made if it is not there")
    private String folder;

    @Option(names = "--once", description = "look once, and end; 0 if all rungs are green")
    private boolean once;

    @Option(names = "--json", description = "print an object for each test, in a line of its own; once")
    private boolean json;

    LearnCommand(Project project, PrintStream out) {
        this.project = project;
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path learners = project.resolve(folder);
        if (!Files.exists(learners)) {
            System.err.print(Learn.start(project, stage, folder));
        }
        try (Learn learn = new Learn(project, stage, learners)) {
            if (!once && !json) {
                learn.follow(System.in, out);
                return 0;
            }
            Attempt attempt = learn.look();
            out.print(json ? Report.json(attempt) : learn.verdict(attempt));
            return attempt.isAllGreen() ? 0 : 1;
        }
    }
}
