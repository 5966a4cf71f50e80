package dev.gserver.tools.run;

import dev.gserver.tools.build.Builds;
import dev.gserver.tools.build.RunningJar;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts the soak test, a client in Python that shares no code with the server. */
@Command(
        name = "soak",
        customSynopsis = "soak N MINUTES [SEED]",
        description = "let clients of all kinds loose on stage 4 or 5, and check it")
public final class SoakCommand implements Callable<Integer> {
    private static final int FIRST_THAT_ANSWERS = 4;

    private final Home home;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private String word;

    @Parameters(index = "1", paramLabel = "MINUTES", description = "such as 0.5")
    private String minutes;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "SEED",
            description = "a number; the same one, the same clients")
    private String seed;

    public SoakCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        Stage stage = home.project().stage(word);
        if (stage.number() < FIRST_THAT_ANSWERS) {
            throw Refusal.ofArguments(stage.name() + " sends no answers; expected stage 4 or 5");
        }
        if (!minutes.matches("[0-9]+(\\.[0-9]+)?")) {
            throw Refusal.ofArguments("'" + minutes + "': expected the number of minutes");
        }
        Path client = home.project().docs().resolve("tools/clients/soak.py");
        List<String> command = new ArrayList<>(List.of(python(), client.toString()));
        command.add(RunningJar.copyOf(Builds.jar(home.project(), stage)).toString());
        command.add(minutes);
        if (seed != null) {
            command.add(seed);
        }
        return Child.run(Child.of(command).directory(home.from().toFile()));
    }

    private static String python() throws InterruptedException {
        for (String name : List.of("python3", "python", "py")) {
            try {
                Process python = new ProcessBuilder(name, "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (python.waitFor() == 0) {
                    return name;
                }
            } catch (IOException e) {
                continue; // there is none of that name
            }
        }
        throw Refusal.ofWork("there is no python3 on the PATH");
    }
}
