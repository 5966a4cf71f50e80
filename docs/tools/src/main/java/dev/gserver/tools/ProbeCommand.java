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

@Command(
        name = "probe",
        customSynopsis = {
            "probe N HOST:PORT [CHECK...]",
            "         [--bytes]",
            "         [--json]",
            "         [--junit FILE]",
            "         [--kick-after SECONDS]"
        },
        description = {
            "examine a server of stage N, in any language, from outside",
            "show the bytes of checks that pass, too",
            "print an object for each check, for programs that grade",
            "write JUnit's XML too",
            "how long a silent client of stage 5 may stay"
        })
final class ProbeCommand implements Callable<Integer> {
    private final Project project;
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "N", description = "the stage that it has to be")
    private Stage stage;

    @Parameters(index = "1", paramLabel = "HOST:PORT", description = "where it listens")
    private String address;

    @Parameters(index = "2..*", paramLabel = "CHECK", description = "the checks to run; without one all")
    private List<String> checks = List.of();

    @Option(names = "--bytes", description = "show what is sent and received of checks that pass, too")
    private boolean bytes;

    @Option(names = "--json", description = "print an object for each check, in a line of its own")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "write the results in JUnit's form too")
    private String junit;

    @Option(
            names = "--kick-after",
            paramLabel = "SECONDS",
            defaultValue = Probe.KICK_AFTER,
            description = "how long a client of stage 5 may be silent; by default ${DEFAULT-VALUE}")
    private int kickAfter;

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
