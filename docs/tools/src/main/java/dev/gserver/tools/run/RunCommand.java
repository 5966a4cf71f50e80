package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a stage's server until it is stopped, and returns its exit code. */
@Command(
        name = "run",
        customSynopsis = "run N [FILE.properties]",
        description = "run the server of stage N (Ctrl-C stops it)")
public final class RunCommand implements Callable<Integer> {
    private final Home home;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private String stage;

    @Parameters(index = "1..*", paramLabel = "FILE.properties", description = "its configuration")
    private List<String> words = List.of();

    public RunCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        return new Server(home, home.project().stage(stage)).run(words);
    }
}
