package dev.gserver.tools.watch;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a running server says of itself, once a second. */
@Command(
        name = "watch",
        customSynopsis = "watch N|PROCESS [--once]",
        description = "what a running server of stage 3, 4 or 5 is doing, once a second")
public final class WatchCommand implements Callable<Integer> {
    private static final long PERIOD_MILLIS = 1_000;
    private static final String CLEAR = "\033[H\033[2J";
    private static final int FIRST_WITH_BEAN = 3;

    private final Home home;

    @Parameters(paramLabel = "N|PROCESS", description = "the stage, or a process id")
    private String word;

    @Option(names = "--once", description = "one look")
    private boolean once;

    public WatchCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (RunningServer server = find()) {
            watch(server, System.out, !once && Ansi.AUTO.enabled());
        }
        return 0;
    }

    private RunningServer find() {
        Servers servers = new Servers(home);
        if (word.matches("[6-9]|[1-9][0-9]+")) {
            return servers.ofProcess(word);
        }
        Stage stage = home.project().stage(word);
        if (stage.number() < FIRST_WITH_BEAN) {
            throw Refusal.ofArguments(Servers.noBean(stage.number()));
        }
        return servers.ofStage(stage);
    }

    /** Ends when the server does, or when nobody reads any more. */
    private void watch(RunningServer server, PrintStream out, boolean inPlace) throws InterruptedException {
        StatusTable table = new StatusTable(server.process());
        try {
            out.print((inPlace ? CLEAR : "") + table.next(server.status()));
            while (!once && !out.checkError()) {
                Thread.sleep(PERIOD_MILLIS);
                out.print((inPlace ? CLEAR : "\n") + table.next(server.status()));
            }
            out.flush();
        } catch (IOException e) {
            out.print("process " + server.process() + " has stopped\n");
            out.flush();
        }
    }
}
