package dev.gserver.tools.diff;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what differs between two stages, on the terminal or as a page. */
@Command(
        name = "diff",
        customSynopsis = {"diff N M [--tests]", "         [--html [OUT.html]]"},
        description = {
            "what changes from stage N to stage M",
            "the same as a page, by default stageM/target/diff-N-M.html"
        })
public final class DiffCommand implements Callable<Integer> {
    private final Home home;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "N", description = "the stage before")
    private String before;

    @Parameters(index = "1", paramLabel = "M", description = "the stage after")
    private String after;

    @Parameters(index = "2", arity = "0..1", paramLabel = "OUT.html", description = "with --html: the file to write")
    private String out;

    @Option(names = "--tests", description = "the tests too")
    private boolean tests;

    @Option(names = "--html", description = "as a page")
    private boolean html;

    public DiffCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (out != null && !html) {
            throw Refusal.ofArguments("'" + out + "': expected --tests, --html or nothing");
        }
        Stage from = home.project().stage(before);
        Stage to = home.project().stage(after);
        StageDiff diff = StageDiff.between(from, to, tests);
        PrintWriter printer = spec.commandLine().getOut();
        if (html) {
            printer.print(write(diff) + "\n");
        } else {
            new TextDiff(diff, printer, Ansi.AUTO).print();
        }
        printer.flush();
        return 0;
    }

    private Path write(StageDiff diff) throws IOException {
        String name = "diff-" + diff.from().number() + "-" + diff.to().number() + ".html";
        Path file = out == null
                ? diff.to().folder().resolve("target").resolve(name)
                : home.resolve(out).toAbsolutePath();
        String page = new DiffPage(diff, Remarks.read(home.project(), diff.from(), diff.to(), file.getParent())).text();
        if (Files.isDirectory(file)) {
            throw Refusal.ofWork(file + " is a folder: expected the name of a file to write");
        }
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, page);
        } catch (FileSystemException e) {
            throw Refusal.ofWork(file + " cannot be written: expected a file in a folder that can be written to");
        }
    }
}
