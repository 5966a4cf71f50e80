package dev.gserver.tools.run;

import dev.gserver.tools.common.Home;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Plays a stage's demo. */
@Command(
        name = "demo",
        customSynopsis = "demo N [LAYER]",
        description = "watch what stage N adds, or another of its layers")
public final class DemoCommand implements Callable<Integer> {
    private final Home home;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private String stage;

    @Parameters(index = "1..*", paramLabel = "LAYER", description = "such as listen; by default the newest one")
    private List<String> words = List.of();

    public DemoCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        List<String> all = Stream.concat(Stream.of("demo"), words.stream()).toList();
        return new Server(home, home.project().stage(stage)).run(all);
    }
}
