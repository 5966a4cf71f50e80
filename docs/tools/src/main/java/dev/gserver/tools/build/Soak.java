package dev.gserver.tools.build;

import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** docs/tools/clients/soak.py on the server of a stage. */
public final class Soak {
    private static final int FIRST_THAT_ANSWERS = 4;

    private Soak() {}

    /** Returns the exit code. */
    public static int run(Project project, Stage stage, String minutes, String seed) throws InterruptedException {
        if (stage.number() < FIRST_THAT_ANSWERS) {
            throw Refusal.ofArguments(stage.name() + " sends no answers; expected stage 4 or 5");
        }
        if (!minutes.matches("[0-9]+(\\.[0-9]+)?") || Double.parseDouble(minutes) == 0) {
            throw Refusal.ofArguments("'" + minutes + "': expected the number of minutes");
        }
        Path client = project.docs().resolve("tools/clients/soak.py");
        List<String> command = new ArrayList<>(List.of(Child.isWindows() ? "python" : "python3", client.toString()));
        command.add(Maven.runningJar(project, stage).toString());
        command.add(minutes);
        command.addAll(seed == null ? List.of() : List.of(seed));
        return Child.run(Child.of(command));
    }
}
