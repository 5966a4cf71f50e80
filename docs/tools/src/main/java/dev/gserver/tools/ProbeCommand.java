package dev.gserver.tools;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.probe.Probe;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "probe")
final class ProbeCommand implements Callable<Integer> {
    private final Project project;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "N")
    private Stage stage;

    @Parameters(index = "1", paramLabel = "HOST:PORT")
    private String address;

    @Parameters(index = "2..*", paramLabel = "CHECK")
    private List<String> checks = List.of();

    @Option(names = "--bytes")
    private boolean bytes;

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE")
    private String junit;

    @Option(names = "--kick-after", paramLabel = "SECONDS", defaultValue = Probe.KICK_AFTER)
    private Integer kickAfter;

    ProbeCommand(Project project, PrintStream out) {
        this.project = project;
        this.out = out;
    }

    @Override
    public Integer call() {
        Probe probe =
                Probe.of(project, stage.number(), address, kickAfter, checks).showing(bytes);
        return probe.run(out, json, junit == null ? null : project.resolve(junit)) ? 0 : 1;
    }
}
