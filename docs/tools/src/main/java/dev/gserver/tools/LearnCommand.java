package dev.gserver.tools;

import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.learn.Attempt;
import dev.gserver.tools.learn.Learn;
import dev.gserver.tools.learn.Report;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "learn")
final class LearnCommand implements Callable<Integer> {
    private final Course course;

    @Parameters(index = "0", paramLabel = "N")
    private Stage stage;

    @Parameters(index = "1", paramLabel = "DIR")
    private String folder;

    @Option(names = "--once")
    private boolean once;

    @Option(names = "--json")
    private boolean json;

    LearnCommand(Course course) {
        this.course = course;
    }

    @Override
    public Integer call() throws InterruptedException {
        Project project = course.project();
        PrintStream out = course.out();
        Path learners = project.resolve(folder);
        if (!Files.exists(learners)) {
            System.err.print(Learn.start(project, stage, folder));
        }
        try (Learn learn = new Learn(project, stage, learners)) {
            if (!once && !json) {
                learn.follow(System.in, out);
                return 0;
            }
            Attempt attempt = learn.look();
            out.print(json ? Report.json(attempt) : learn.verdict(attempt));
            return attempt.isAllGreen() ? 0 : 1;
        }
    }
}
