package dev.gserver.tools.transcript;

import dev.gserver.tools.markdown.Fence;
import dev.gserver.tools.markdown.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs the commands of one page, from top to bottom, in a copy of the repository: {@code console server} in a first
 * terminal where it stays, {@code console run} in a second one. Whole numbers 9000 to 9099 are ports: a free one takes
 * the place of each.
 */
public final class PageRun implements AutoCloseable {
    private static final int DEFAULT_SECONDS = 60;

    private final Page page;
    private final Tools tools;
    private final TempFolder scratch = TempFolder.create();
    private final Path copy;
    private final Ports ports = new Ports();
    private final ServerTerminal server = new ServerTerminal();

    /** What ended the run of a page before its end: a fault, or else something that this machine is without. */
    public record Trouble(int line, String text, boolean isFault) {
        static Trouble fault(int line, String text) {
            return new Trouble(line, text, true);
        }
    }

    public PageRun(Path home, Page page, Tools tools) throws IOException {
        this.page = page;
        this.tools = tools;
        this.copy = scratch.copy(home, "gserver");
    }

    /** Runs block after block, up to the first that goes wrong: those behind it may need what it did. */
    public Optional<Trouble> run() throws IOException, InterruptedException {
        for (Fence fence : page.fences()) {
            if (fence.isSaved()) {
                String text = String.join("\n", fence.lines()) + "\n";
                Files.writeString(copy.resolve(fence.word(2)), ports.replace(text));
            } else if (fence.isRun()) {
                Optional<Trouble> trouble = runBlock(fence);
                if (trouble.isPresent()) {
                    return trouble;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Trouble> runBlock(Fence fence) throws IOException, InterruptedException {
        String kind = fence.word(1);
        int seconds = fence.word(2).matches("\\d+") ? Integer.parseInt(fence.word(2)) : DEFAULT_SECONDS;
        if (!kind.equals("run") && !kind.equals("server")) {
            String text = "'" + fence.info() + "': expected console run, console server or plain console";
            return Optional.of(Trouble.fault(fence.line(), text));
        }
        List<Command> commands = Command.of(fence);
        Optional<String> missing = tools.missing(Command.texts(commands));
        if (missing.isPresent()) {
            return Optional.of(missing(fence, missing.get()));
        }
        return kind.equals("run")
                ? new RunBlock(fence, commands, seconds).run(this::open)
                : server.run(fence, commands, seconds, this::open);
    }

    private Trouble missing(Fence fence, String tool) {
        String left = tools.areRequired()
                ? "expected all that the pages use, as CI=true"
                : "the page's commands from here on are not run";
        return new Trouble(fence.line(), "there is no " + tool + " here; " + left, tools.areRequired());
    }

    /** Opens a terminal that works on {@code script}, in which {@code commands} are. */
    interface Opener {
        Terminal open(String script, List<Command> commands) throws IOException;
    }

    private Terminal open(String script, List<Command> commands) throws IOException {
        String all = Command.texts(commands);
        boolean namesPorts = all.contains(".properties") || all.contains("listen.ports");
        return new Terminal(scratch.path(), copy, ports, script, namesPorts);
    }

    @Override
    public void close() throws IOException {
        server.close();
        scratch.close();
    }
}
