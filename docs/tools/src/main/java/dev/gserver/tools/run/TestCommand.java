package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a stage, runs its tests and tells what has failed. */
@Command(
        name = "test",
        customSynopsis = "test N [--on DIR]",
        description = "build stage N and run its tests; or run them on what is in DIR")
public final class TestCommand implements Callable<Integer> {
    private final Home home;

    @Parameters(paramLabel = "N", description = "the stage")
    private String word;

    @Option(names = "--on", paramLabel = "DIR", description = "a folder that ./course start has made")
    private String folder;

    public TestCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        Stage stage = home.project().stage(word);
        if (!Files.isWritable(stage.folder())) {
            throw Refusal.ofWork(stage.folder() + " cannot be written to, and the tests have to be built there");
        }
        TestRun run = new TestRun(home.project(), stage.folder(), stage.name());
        TestReport report = new TestReport(home, stage.name(), stage.folder());
        return report.print(run.start("verify"), System.out);
    }
}
