package dev.gserver.tools;

import dev.gserver.tools.build.Benchmarks;
import dev.gserver.tools.build.Maven;
import dev.gserver.tools.build.Soak;
import dev.gserver.tools.check.Checks;
import dev.gserver.tools.client.Exchange;
import dev.gserver.tools.common.Child;
import dev.gserver.tools.common.Committed;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.demo.Demo;
import dev.gserver.tools.diff.DiffPage;
import dev.gserver.tools.diff.StageDiff;
import dev.gserver.tools.diff.TextDiff;
import dev.gserver.tools.exercise.ChapterExercise;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.ExerciseFolder;
import dev.gserver.tools.learn.Gallery;
import dev.gserver.tools.learn.Hint;
import dev.gserver.tools.learn.Learn;
import dev.gserver.tools.race.Races;
import dev.gserver.tools.run.TestRun;
import dev.gserver.tools.site.Site;
import dev.gserver.tools.trace.TracePage;
import dev.gserver.tools.transcript.PageRun.Tools;
import dev.gserver.tools.watch.RunningServer;
import dev.gserver.tools.watch.StatusTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The course's command line: {@code ./course help}. Each method is a command; help.properties says what it does. */
@Command(
        name = "course",
        resourceBundle = "dev.gserver.tools.help",
        scope = ScopeType.INHERIT,
        synopsisHeading = "usage: ./",
        descriptionHeading = "%n",
        parameterListHeading = "%n")
public final class Course {
    @Spec
    private CommandSpec spec;

    private Project project;
    private PrintStream out;

    Course(Project project, PrintStream out) {
        this.project = project;
        this.out = out;
    }

    @Option(names = "--zh", scope = ScopeType.INHERIT, hidden = true)
    void setChinese(boolean isChinese) {
        if (isChinese) {
            project = project.in(Texts.CHINESE);
            out = Usage.forChinese(out);
        }
    }

    Project project() {
        return project;
    }

    PrintStream out() {
        return out;
    }

    @Command(name = "run")
    int run(@Parameters(paramLabel = "N") Stage stage, @Parameters(arity = "0..1", paramLabel = "FILE") String file)
            throws InterruptedException {
        List<String> command = Maven.run(project, stage, List.of());
        command.addAll(file == null ? List.of() : List.of(file));
        return Child.run(Child.of(command)); // where the user is: the word names a file there
    }

    @Command(name = "demo")
    int demo(@Parameters(paramLabel = "N") Stage stage, @Parameters(arity = "0..1", paramLabel = "LAYER") String layer)
            throws InterruptedException {
        List<String> layers = project.stages().stream()
                .limit(stage.number())
                .map(Stage::layer)
                .toList();
        if (layer != null && !layers.contains(layer)) {
            throw Refusal.ofArguments("LAYER '" + layer + "': expected " + String.join(", ", layers));
        }
        return Demo.run(project, stage, layer, out);
    }

    @Command(name = "send")
    int send(
            @Parameters(arity = "1..*", paramLabel = "[PORT] WORD") List<String> words,
            @Option(names = "--split", paramLabel = "BYTES") Integer piece,
            @Option(names = "--wait", paramLabel = "MS", defaultValue = "2000") Integer wait) {
        return Exchange.send(words, piece == null ? Integer.MAX_VALUE : piece, wait, out) ? 0 : 1;
    }

    @Command(name = "watch")
    void watch(@Parameters(paramLabel = "N|PROCESS") String word, @Option(names = "--once") boolean once)
            throws InterruptedException {
        boolean isProcess = word.matches("[06-9]|[1-9][0-9]+");
        try (RunningServer server =
                isProcess ? RunningServer.ofProcess(word) : RunningServer.ofStage(project, project.stage(word))) {
            StatusTable.watch(server, out, once, !once && Ansi.AUTO.enabled());
        }
    }

    @Command(name = "trace")
    void trace(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(arity = "0..1", paramLabel = "OUT.html") String file,
            @Option(names = "--of", paramLabel = "FILE") String recorded)
            throws IOException, InterruptedException {
        Path page = page(file, stage.folder().resolve("target/trace.html"));
        TracePage.write(project, stage, recorded == null ? null : project.resolve(recorded), page);
        out.print(project.show(page) + "\n");
    }

    /** Where a page goes: what is in the way there is told before any work is done. */
    private Path page(String typed, Path usual) {
        Path page = typed == null ? usual : project.resolve(typed);
        Folders.checkPage(page, typed != null);
        return page;
    }

    @Command(name = "start")
    void start(@Parameters(paramLabel = "N") Stage stage, @Parameters(paramLabel = "DIR") String folder) {
        out.print(Learn.start(project, stage, folder));
    }

    @Command(name = "hint")
    void hint(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(paramLabel = "CLASS.METHOD") String body,
            @Parameters(arity = "0..1", paramLabel = "LEVEL", defaultValue = "1") Integer level) {
        if (level > Hint.LEVELS) {
            throw Refusal.ofArguments("LEVEL '" + level + "': expected 1, 2 or 3");
        }
        try (Committed committed = Committed.of(project, stage)) {
            out.print(Hint.of(
                    project,
                    new Exercise(committed.project(), committed.project().stage(stage.name())),
                    body,
                    level));
        }
    }

    @Command(name = "exercise")
    void exercise(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(arity = "0..1", paramLabel = "NAME") String name,
            @Parameters(arity = "0..1", paramLabel = "DIR") String folder) {
        if (name == null) {
            ChapterExercise.of(project, stage)
                    .forEach(one -> out.print(String.format(Locale.ROOT, "%-18s %s\n", one.name(), one.title())));
            return;
        }
        ChapterExercise exercise = ChapterExercise.of(project, stage, name);
        String made = folder == null ? name : folder;
        try (Committed committed = Committed.of(project, stage)) {
            ExerciseFolder.write(project, committed.project(), exercise, project.resolve(made));
        }
        out.print(project.texts().get("exercise.made", made, exercise.title(), exercise.testClass()) + "\n");
    }

    @Command(name = "test")
    int test(
            @Parameters(paramLabel = "N") Stage stage,
            @Option(names = "--on", paramLabel = "DIR") String folder,
            @Option(names = "--json") boolean json)
            throws IOException, InterruptedException {
        if (json && folder == null) {
            throw Refusal.ofArguments("--json: expected --on DIR before it");
        }
        return folder == null ? TestRun.test(project, stage, out) : TestRun.testOn(project, stage, folder, json, out);
    }

    @Command(name = "diff")
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
            String name = "target/diff-" + before.number() + "-" + after.number() + ".html";
            Path page = page(file, after.folder().resolve(name));
            DiffPage.write(project, diff, page);
            out.print(project.show(page) + "\n");
        } else {
            new TextDiff(diff, out, Ansi.AUTO).print();
        }
    }

    @Command(name = "race")
    void race(
            @Parameters(arity = "0..1", paramLabel = "N|NAME") String word,
            @Parameters(arity = "0..1", paramLabel = "OUT.html") String file,
            @Option(names = "--html") boolean html)
            throws IOException, InterruptedException {
        if (html ? word == null : file != null) {
            throw Refusal.ofArguments(html ? "N|NAME is missing" : "'" + file + "': expected --html or nothing");
        }
        Races races = new Races(project);
        if (html) {
            out.print(project.show(races.writePage(word, file == null ? null : page(file, null))) + "\n");
        } else {
            races.print(word, out, Ansi.AUTO);
        }
    }

    @Command(name = "soak")
    int soak(
            @Parameters(paramLabel = "N") Stage stage,
            @Parameters(paramLabel = "MINUTES") String minutes,
            @Parameters(arity = "0..1", paramLabel = "SEED") String seed)
            throws InterruptedException {
        return Soak.run(project, stage, minutes, seed);
    }

    @Command(name = "bench")
    int bench(@Parameters(arity = "0..*", paramLabel = "PART") List<String> parts) throws InterruptedException {
        return Benchmarks.run(project, parts == null ? List.of() : parts);
    }

    @Command(name = "mistakes")
    int mistakes(
            @Parameters(arity = "0..1", paramLabel = "N") Stage stage,
            @Parameters(arity = "0..1", paramLabel = "NAME") String name)
            throws InterruptedException {
        boolean good = true;
        for (Stage each : stage == null ? project.stages() : List.of(stage)) {
            good &= Gallery.check(project, each, name, out);
        }
        return good ? 0 : 1;
    }

    @Command(name = "check")
    int check(
            @Option(names = "--fast") boolean fast, @Parameters(arity = "0..*", paramLabel = "PAGE") List<String> pages)
            throws IOException, InterruptedException {
        return new Checks(project, out).run(pages == null ? List.of() : pages, fast, Tools.ofSystem());
    }

    @Command(name = "site")
    int site(
            @Parameters(arity = "0..1", paramLabel = "build") String word,
            @Parameters(arity = "0..1", paramLabel = "DIR") String folder,
            @Option(names = "--base", paramLabel = "/PATH/", defaultValue = "/") String base)
            throws IOException, InterruptedException {
        Site site = new Site(project);
        if (word == null) {
            return site.serve();
        }
        if (!word.equals("build") || folder == null) {
            throw Refusal.ofArguments(
                    "'" + word + (folder == null ? "" : " " + folder) + "': expected nothing or build DIR");
        }
        site.build(project.resolve(folder), base);
        return 0;
    }

    @Command(name = "completion")
    void completion() {
        out.print(AutoComplete.bash("course", spec.commandLine()));
    }

    @Command(name = "help")
    void help(@Parameters(arity = "0..1", paramLabel = "COMMAND") String name) {
        CommandLine command = name == null
                ? spec.commandLine()
                : spec.commandLine().getSubcommands().get(name);
        if (command == null) {
            throw Refusal.ofArguments("'" + name + "' is not a command");
        }
        out.print(command.getUsageMessage());
    }
}
