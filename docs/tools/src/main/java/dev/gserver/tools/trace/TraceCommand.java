package dev.gserver.tools.trace;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.common.Stage;
import dev.gserver.tools.run.Server;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page of a stage's demo, or of a trace that somebody has kept. */
@Command(
        name = "trace",
        customSynopsis = {"trace N [OUT.html]", "          [--of FILE]"},
        description = {
            "make a page of stage N's demo: threads, steps and their code to look at",
            "the same of the trace in a file, which a server of stage N has printed"
        })
public final class TraceCommand implements Callable<Integer> {
    /** The page reads what the demo prints, whatever the user's language. */
    private static final List<String> OPTIONS = List.of(
            "-Dgserver.trace=true",
            "-Duser.language=en",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private final Home home;

    @Parameters(index = "0", paramLabel = "N", description = "the stage")
    private String word;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT.html",
            description = "by default stageN/target/trace.html")
    private String out;

    @Option(names = "--of", paramLabel = "FILE", description = "lines of a trace, instead of a demo")
    private String file;

    public TraceCommand(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Stage stage = home.project().stage(word);
        Path page = out == null ? stage.folder().resolve("target/trace.html") : home.resolve(out);
        Recording recording = Recording.parse(file == null ? demo(stage) : read(home.resolve(file)));
        if (recording.steps().isEmpty()) {
            throw Refusal.ofWork(
                    (file == null ? "the demo of " + stage.name() : file)
                            + ": no line of a trace in it; expected lines such as "
                            + "'  12.34 ms  event-loop  gsx_event_accept.1  connection 0 (port ...): a client's socket accepted'");
        }
        write(page, new TracePage(home.project(), stage, recording).html());
        System.out.print(home.show(page) + "\n");
        System.out.flush();
        return 0;
    }

    private String demo(Stage stage) throws IOException, InterruptedException {
        Process demo = new Server(home, stage)
                .plainProcess(OPTIONS, List.of("demo"))
                .redirectErrorStream(true)
                .start();
        System.err.println("course: running the demo of " + stage.name() + " ...");
        String printed = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (demo.waitFor() != 0) {
            System.err.print(printed);
            throw Refusal.ofWork("the demo of " + stage.name() + " has failed");
        }
        return printed;
    }

    /** A redirection of PowerShell writes UTF-16, and a mark for it at the beginning. */
    private static String read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            boolean hasMark = content.length >= 2 && (content[0] & content[1] & 0xff) == 0xfe;
            Charset encoding = hasMark ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
            return new String(content, encoding);
        } catch (IOException e) {
            throw Refusal.ofFile(file + " cannot be read", e);
        }
    }

    private static void write(Path page, String html) {
        try {
            Files.createDirectories(page.getParent());
            Files.writeString(page, html);
        } catch (IOException e) {
            throw Refusal.ofFile(page + " cannot be written", e);
        }
    }
}
