package dev.gserver.tools.transcript;

import dev.gserver.tools.markdown.Fence;
import dev.gserver.tools.transcript.PageRun.Opener;
import dev.gserver.tools.transcript.PageRun.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The terminal of a page's {@code console server} blocks: a program that stays, and prints something now and then. */
final class ServerTerminal implements AutoCloseable {
    private static final String CTRL_C = "^C";
    private static final int LOOK_MILLIS = 20;

    private Terminal terminal; // null: nothing was started yet
    private int linesSeen;

    /** Starts what the block starts, or stops what runs if it begins with Ctrl-C, and waits for what is printed next. */
    Optional<Trouble> run(Fence fence, List<Command> commands, int seconds, Opener opener)
            throws IOException, InterruptedException {
        if (commands.size() != 1) {
            return fault(fence, "expected one command, which stays in its terminal, or what it prints next");
        }
        Command command = commands.get(0);
        Expected expected = command.output();
        if (!command.text().isEmpty()) {
            close();
            terminal = opener.open(command.text(), commands);
            linesSeen = 0;
        } else if (terminal == null) {
            return fault(fence, "no server is running; expected '$ ' and the command that starts one");
        } else if (expected.lines().get(0).equals(CTRL_C)) {
            terminal.close();
            expected = expected.withoutFirst();
        }
        return await(expected, seconds);
    }

    private static Optional<Trouble> fault(Fence fence, String text) {
        return Optional.of(Trouble.fault(fence.line(), text));
    }

    private Optional<Trouble> await(Expected expected, int seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            boolean running = terminal.isRunning(); // first: what it printed before its end is there then
            List<String> all = terminal.output();
            List<String> output = all.subList(Math.min(linesSeen, all.size()), all.size());
            Expected.Match match = expected.match(output);
            if (match.end() >= 0) {
                linesSeen += match.end();
                return Optional.empty();
            }
            if (!running || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
                String when = running ? " within " + seconds + " s" : " before its end";
                return Optional.of(match.trouble(output, when));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.close();
            terminal = null;
        }
    }
}
