package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.exercise.TestOn;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
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
    public Integer call() throws IOException, InterruptedException {
        Stage stage = home.project().stage(word);
        return folder == null ? test(stage) : testOn(stage);
    }

    private int test(Stage stage) throws IOException, InterruptedException {
        if (!Files.isWritable(stage.folder())) {
            throw Refusal.ofWork(stage.folder() + " cannot be written to, and the tests have to be built there");
        }
        TestRun run = new TestRun(home.project(), stage.folder(), stage.name());
        return new TestReport(home, stage.name(), stage.folder(), file -> file, System.out).print(run.start("verify"));
    }

    private int testOn(Stage stage) throws IOException, InterruptedException {
        try (TestOn test = TestOn.prepare(home.project(), stage, home.resolve(folder))) {
            List<String> words = new ArrayList<>(test.options());
            words.add("test");
            TestOnReport report = new TestOnReport(home, folder, test, System.out);
            TestRun.Outcome outcome =
                    new TestRun(home.project(), test.folder(), folder).start(words.toArray(String[]::new));
            int exitCode = report.print(outcome);
            report.printNext(outcome);
            return exitCode;
        }
    }
}
