package dev.gserver.tools.run;

import dev.gserver.tools.build.Builds;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Project;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts docs/benchmarks, a project of its own. */
@Command(
        name = "bench",
        customSynopsis = {"bench [PART]", "bench compare OLD.jar NEW.jar [SECONDS [ROUNDS [STARTS]]]"},
        description = {
            "measure stage 5 beside Netty and threads (docs/benchmarks), about 20 minutes",
            "  is NEW as fast as OLD?"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final int FIRST_MEASURED = 2;

    private final Home home;

    @Parameters(arity = "0..*", paramLabel = "PART", description = "such as throughput; docs/benchmarks tells them")
    private List<String> words = List.of();

    public BenchCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() {
        Project project = home.project();
        if (words.isEmpty() || !words.get(0).equals("compare")) {
            project.stages().stream()
                    .filter(stage -> stage.number() >= FIRST_MEASURED)
                    .forEach(stage -> Builds.jar(project, stage));
        }
        Path target = Builds.benchmarks(project);
        List<String> command = new ArrayList<>(List.of(Child.java(), "-Dcourse.from=" + home.from(), "-cp"));
        command.add(target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        command.add("dev.gserver.bench.Bench");
        command.addAll(words);
        return Child.run(Child.of(command).directory(project.home().toFile()));
    }
}
