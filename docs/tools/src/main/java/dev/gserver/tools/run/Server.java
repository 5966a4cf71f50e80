package dev.gserver.tools.run;

import dev.gserver.tools.build.Builds;
import dev.gserver.tools.build.RunningJar;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Stage;
import java.util.ArrayList;
import java.util.List;

/** A stage's program, built if that is needed. */
public final class Server {
    private final Home home;
    private final Stage stage;

    public Server(Home home, Stage stage) {
        this.home = home;
        this.stage = stage;
    }

    /** Its process, to be started in the user's folder: the words name files there. */
    public ProcessBuilder process(List<String> words) {
        return Child.of(command(List.of(), words)).directory(home.from().toFile());
    }

    /** Its process without the user's Java options, for a program that reads what it prints. */
    public ProcessBuilder plainProcess(List<String> options, List<String> words) {
        return Child.plain(command(options, words)).directory(home.from().toFile());
    }

    private List<String> command(List<String> options, List<String> words) {
        List<String> command = new ArrayList<>(List.of(Child.java()));
        command.addAll(options);
        command.add("-jar");
        command.add(RunningJar.copyOf(Builds.jar(home.project(), stage)).toString());
        command.addAll(words);
        return command;
    }

    int run(List<String> words) {
        return Child.run(process(words));
    }
}
