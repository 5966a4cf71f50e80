package dev.gserver.tools;

import dev.gserver.tools.build.Maven;
import dev.gserver.tools.build.RunningJar;
import dev.gserver.tools.check.Checks;
import dev.gserver.tools.client.Exchange;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.diff.DiffPage;
import dev.gserver.tools.diff.StageDiff;
import dev.gserver.tools.diff.TextDiff;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Workspace;
import dev.gserver.tools.run.TestRun;
import dev.gserver.tools.site.Site;
import dev.gserver.tools.trace.TracePage;
import dev.gserver.tools.transcript.PageRun.Tools;
import dev.gserver.tools.watch.RunningServer;
import dev.gserver.tools.watch.StatusTable;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The course's command line: {@code ./course help}. Each method is a command; it has the forms that a user types as its
 * custom synopsis ("run N [FILE]") and a line of description for each.
 */
@Command(name = "course", subcommands = HelpCommand.class)
public final class Course {
    /** Tells course.cmd, which cannot compare the times of files, to build this program and to start it again. */
    private static final int OLD = 86;

    private static final int FIRST_MEASURED = 2;
    private static final int FIRST_THAT_ANSWERS = 4;
    private static final String NO_LIMIT = "2147483647";

    private final Project project;
    private final PrintStream out;

    Course(Project project, PrintStream out) {
        this.project = project;
        this.out = out;
    }

    public static void main(String[] arguments) {
        Project project = Project.ofProgram();
        Path tools = project.docs().resolve("tools");
        if (Boolean.getBoolean("course.checks")
                && System.getenv("COURSE_BUILT") == null
                && Maven.isOlder(tools.resolve("target/course.jar"), tools)) {
            System.exit(OLD);
        }
        int exitCode =
                Usage.commandLine(new Course(project, System.out), project).execute(arguments);
        System.out.flush();
        System.exit(exitCode);
    }

    @Command(
            name = "run",
            customSynopsis = "run N [FILE.properties]",
            description = "run the server of stage N (Ctrl-C stops it)")
    int run(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(arity = "0..*", paramLabel = "FILE.properties") List<String> words)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(Child.java(), "-jar"));
        command.add(RunningJar.of(project, stage).toString());
        command.addAll(words == null ? List.of() : words);
        return Child.run(Child.of(command)); // where the user is: the words name files there
    }

    @Command(
            name = "demo",
            customSynopsis = "demo N [LAYER]",
            description = "watch what stage N adds, or another of its layers")
    int demo(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(arity = "0..*", paramLabel = "LAYER") List<String> words)
            throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("demo"));
        all.addAll(words == null ? List.of() : words);
        return run(stage, all);
    }

    @Command(
            name = "send",
            customSynopsis = {"send [PORT] WORD...", "         [--split N]", "         [--wait MS]"},
            description = {
                "talk to a server: ping, register:NAME:PASSWORD, login:NAME:PASSWORD, hex:0008...",
                "in pieces of N bytes",
                "how long to wait for an answer"
            })
    int send(
            @Parameters(arity = "1..*", paramLabel = "WORD") List<String> words,
            @Option(
                            names = "--split",
                            paramLabel = "N",
                            defaultValue = NO_LIMIT,
                            description = "send pieces of N bytes")
                    int piece,
            @Option(
                            names = "--wait",
                            paramLabel = "MS",
                            defaultValue = "2000",
                            description = "by default ${DEFAULT-VALUE}")
                    int wait) {
        return Exchange.send(words, piece, wait, out) ? 0 : 1;
    }

    @Command(
            name = "watch",
            customSynopsis = "watch N|PROCESS [--once]",
            description = "what a running server of stage 3, 4 or 5 is doing, once a second")
    void watch(@Parameters(paramLabel = "N|PROCESS") String word, @Option(names = "--once") boolean once)
            throws InterruptedException {
        boolean isProcess = word.matches("[6-9]|[1-9][0-9]+");
        try (RunningServer server =
                isProcess ? RunningServer.ofProcess(word) : RunningServer.ofStage(project, project.stage(word))) {
            StatusTable.watch(server, out, once, !once && Ansi.AUTO.enabled());
        }
    }

    @Command(
            name = "trace",
            customSynopsis = {"trace N [OUT.html]", "          [--of FILE]"},
            description = {
                "make a page of stage N's demo: threads, steps and their code to look at",
                "the same of the trace in a file, which a server of stage N has printed"
            })
    void trace(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(arity = "0..1", paramLabel = "OUT.html") String file,
            @Option(names = "--of", paramLabel = "FILE") String recorded)
            throws IOException, InterruptedException {
        Path page = file == null ? stage.folder().resolve("target/trace.html") : project.resolve(file);
        TracePage.write(project, stage, recorded == null ? null : project.resolve(recorded), page);
        out.print(project.show(page) + "\n");
    }

    @Command(
            name = "start",
            customSynopsis = "start N DIR",
            description = "a folder to write stage N in: the stage before it, and what to do")
    void start(@Parameters(paramLabel = "N") Stage stage, @Parameters(paramLabel = "DIR") String folder) {
        int bodies = Workspace.write(project, new Exercise(project, stage), project.resolve(folder));
        out.print("course: " + folder + ": stage " + stage.number() + ", the layer " + stage.layer() + ", with "
                + bodies + " bodies to write. Read TASK.md there, then: ./mvnw test\n");
    }

    @Command(
            name = "test",
            customSynopsis = "test N [--on DIR]",
            description = "build stage N and run its tests; or run them on what is in DIR")
    int test(@Parameters(paramLabel = "N") Stage stage, @Option(names = "--on", paramLabel = "DIR") String folder)
            throws IOException, InterruptedException {
        return folder == null ? TestRun.test(project, stage, out) : TestRun.testOn(project, stage, folder, out);
    }

    @Command(
            name = "diff",
            customSynopsis = {"diff N M [--tests]", "         [--html [OUT.html]]"},
            description = {
                "what changes from stage N to stage M",
                "the same as a page, by default stageM/target/diff-N-M.html"
            })
    void diff(
            @Parameters(paramLabel = "N") Stage before,
            @Parameters(paramLabel = "M") Stage after,
            @Parameters(arity = "0..1", paramLabel = "OUT.html") String file,
            @Option(names = "--tests") boolean tests,
            @Option(names = "--html") boolean html) {
        if (file != null && !html) {
            throw Refusal.ofArguments("'" + file + "': expected --tests, --html or nothing");
        }
        StageDiff diff = StageDiff.between(before, after, tests);
        if (html) {
            out.print(DiffPage.write(project, diff, file == null ? null : project.resolve(file)) + "\n");
        } else {
            new TextDiff(diff, out, Ansi.AUTO).print();
        }
    }

    @Command(
            name = "soak",
            customSynopsis = "soak N MINUTES [SEED]",
            description = "let clients of all kinds loose on stage 4 or 5, and check it")
    int soak(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(paramLabel = "MINUTES") String minutes,
            @Parameters(arity = "0..1", paramLabel = "SEED") String seed)
            throws InterruptedException {
        if (stage.number() < FIRST_THAT_ANSWERS) {
            throw Refusal.ofArguments(stage.name() + " sends no answers; expected stage 4 or 5");
        }
        if (!minutes.matches("[0-9]+(\\.[0-9]+)?") || Double.parseDouble(minutes) == 0) {
            throw Refusal.ofArguments("'" + minutes + "': expected the number of minutes");
        }
        Path client = project.docs().resolve("tools/clients/soak.py");
        List<String> command = new ArrayList<>(List.of(Child.isWindows() ? "python" : "python3", client.toString()));
        command.add(RunningJar.of(project, stage).toString());
        command.add(minutes);
        command.addAll(seed == null ? List.of() : List.of(seed));
        return Child.run(Child.of(command));
    }

    @Command(
            name = "bench",
            customSynopsis = {"bench [PART]", "bench compare OLD.jar NEW.jar [SECONDS [ROUNDS [STARTS]]]"},
            description = {
                "measure stage 5 beside Netty and threads (docs/benchmarks), about 20 minutes",
                "  is NEW as fast as OLD?"
            })
    int bench(@Parameters(arity = "0..*", paramLabel = "PART") List<String> words) throws InterruptedException {
        List<String> parts = words == null ? List.of() : words;
        if (!parts.contains("compare")) {
            project.stages().stream()
                    .filter(stage -> stage.number() >= FIRST_MEASURED)
                    .forEach(stage -> Maven.jar(project, stage));
        }
        Path target = Maven.benchmarks(project);
        List<String> command = new ArrayList<>(List.of(Child.java(), "-Dcourse.from=" + project.from(), "-cp"));
        command.add(target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        command.add("dev.gserver.bench.Bench");
        command.addAll(parts);
        return Child.run(Child.of(command).directory(project.home().toFile()));
    }

    @Command(
            name = "check",
            customSynopsis = "check [--fast] [PAGE...]",
            description = "check what the course promises about its stages and pages")
    int check(
            @Option(names = "--fast") boolean fast, @Parameters(arity = "0..*", paramLabel = "PAGE") List<String> pages)
            throws IOException, InterruptedException {
        return new Checks(project, out).run(pages == null ? List.of() : pages, fast, Tools.ofSystem());
    }

    @Command(
            name = "site",
            customSynopsis = {"site", "site build DIR [--base /PATH/]"},
            description = {
                "the course as a web site: build it, and serve it on this machine",
                "  build it into a folder, for a web server that has it at /PATH/"
            })
    int site(
            @Parameters(arity = "0..*", paramLabel = "build DIR") List<String> words,
            @Option(names = "--base", paramLabel = "/PATH/", defaultValue = "/") String base)
            throws IOException, InterruptedException {
        Site site = new Site(project);
        if (words == null) {
            return site.serve();
        }
        if (words.size() != 2 || !words.get(0).equals("build")) {
            throw Refusal.ofArguments("'" + String.join(" ", words) + "': expected nothing or build DIR");
        }
        site.build(project.resolve(words.get(1)), base);
        return 0;
    }
}
