package dev.gserver.tools.transcript;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Scratch;
import dev.gserver.tools.common.Shutdown;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the commands of one page, from top to bottom, in a copy of the repository: {@code console server} in a first
 * terminal where it stays, {@code console run} in a second one. Whole numbers 9000 to 9099 are ports: a free one takes
 * the place of each.
 */
public final class PageRun implements AutoCloseable {
    private static final int DEFAULT_SECONDS = 60;
    private static final int LOOK_MILLIS = 20;
    private static final String CTRL_C = "^C";
    private static final String MARK = "==end of the output of command ";
    private static final List<String> USED = List.of("nc", "python3", "haproxy", "ss", "ps", "strace", "curl", "lsof");

    private final Page page;
    private final Tools tools;
    private final Scratch scratch = new Scratch();
    private final Path copy = scratch.folder().resolve("gserver");
    private final Ports ports = new Ports();
    private Terminal opened; // the last one
    private Terminal server; // the one of the console server blocks; null: nothing was started yet
    private int linesSeen; // of what it prints

    /**
     * The programs that the pages' commands use and that a machine may be without.
     *
     * @param isInstalled whether there is a program of that name
     * @param areRequired whether one that is missing is a fault: where the build decides about a change; elsewhere the
     *     commands are left out
     */
    public record Tools(Predicate<String> isInstalled, boolean areRequired) {
        /** Those of this machine. */
        public static Tools ofSystem() {
            String[] folders = System.getenv("PATH").split(Pattern.quote(File.pathSeparator));
            return new Tools(
                    name -> Stream.of(folders).anyMatch(folder -> new File(folder, name).canExecute()),
                    "true".equals(System.getenv("CI")));
        }
    }

    /** What ended the run of a page before its end: a fault, or else something that this machine is without. */
    public record Trouble(int line, String text, boolean isFault) {
        static Trouble fault(int line, String text) {
            return new Trouble(line, text, true);
        }
    }

    public PageRun(Path home, Page page, Tools tools) throws IOException {
        this.page = page;
        this.tools = tools;
        Shutdown.whole(() -> Folders.copy(home, copy));
    }

    /** Runs block after block, up to the first that goes wrong: those behind it may need what it did. */
    public Optional<Trouble> run() throws IOException, InterruptedException {
        for (Fence fence : page.fences()) {
            if (fence.isSaved()) {
                save(fence);
            } else if (fence.isRun()) {
                Optional<Trouble> trouble = runBlock(fence);
                if (trouble.isPresent()) {
                    return trouble;
                }
            }
        }
        return Optional.empty();
    }

    private void save(Fence fence) {
        String text = ports.replace(String.join("\n", fence.lines()) + "\n");
        Shutdown.whole(() -> Folders.write(copy.resolve(fence.word(2)), text));
    }

    private static Optional<Trouble> fault(int line, String text) {
        return Optional.of(Trouble.fault(line, text));
    }

    private Optional<Trouble> runBlock(Fence fence) throws IOException, InterruptedException {
        int seconds = fence.word(2).matches("\\d+") ? Integer.parseInt(fence.word(2)) : DEFAULT_SECONDS;
        List<Command> commands = Command.of(fence);
        Optional<String> missing = Stream.concat(
                        Stream.of("bash"), USED.stream().filter(tool -> isNamed(tool, commands)))
                .filter(tools.isInstalled.negate())
                .findFirst();
        if (missing.isPresent()) {
            String left = tools.areRequired
                    ? "expected all that the pages use, as CI=true"
                    : "the page's commands from here on are not run";
            String text = "there is no " + missing.get() + " here; " + left;
            return Optional.of(new Trouble(fence.line(), text, tools.areRequired));
        }
        return switch (fence.word(1)) {
            case "run" -> run(fence, commands, seconds);
            case "server" -> serve(fence, commands, seconds);
            default ->
                fault(fence.line(), "'" + fence.info() + "': expected console run, console server or plain console");
        };
    }

    private static boolean isNamed(String tool, List<Command> commands) {
        return Pattern.compile("(^|[\\s(])" + tool + "\\s")
                .matcher(Command.texts(commands))
                .find();
    }

    private Terminal open(String script, List<Command> commands) throws IOException {
        String all = Command.texts(commands);
        boolean namesPorts = all.contains(".properties") || all.contains("listen.ports");
        Shutdown.whole(() -> opened = new Terminal(scratch.folder(), copy, ports, script, namesPorts));
        return opened;
    }

    /** One shell for all the commands of a block, all of which end; a line with a mark ends the output of each. */
    private Optional<Trouble> run(Fence fence, List<Command> commands, int seconds)
            throws IOException, InterruptedException {
        if (commands.isEmpty() || commands.get(0).text().isEmpty()) {
            return fault(fence.line() + 1, "expected a command: a line that begins with '$ '");
        }
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (int number = 0; number < commands.size(); number++) {
            script.append(commands.get(number).text()).append("\nstatus=$?; printf '\\n%s\\n' '");
            script.append(MARK).append(number).append("'; (exit $status)\n");
        }
        try (Terminal terminal = open(script.toString(), commands)) {
            boolean ended = terminal.waitFor(seconds);
            return compare(commands, terminal.output(), ended ? "" : " within " + seconds + " s");
        }
    }

    /** @param within in which time it has not ended; "" if it has */
    private static Optional<Trouble> compare(List<Command> commands, List<String> output, String within) {
        int from = 0;
        for (int number = 0; number < commands.size(); number++) {
            int end = output.indexOf(MARK + number);
            List<String> own = Expected.withoutBlankEnd(output.subList(from, end < 0 ? output.size() : end));
            Expected expected = commands.get(number).output().withoutBlankEnd();
            String missed = end < 0 ? within : "";
            if (!expected.isAll(own)) {
                return Optional.of(expected.trouble(own, missed));
            }
            if (!missed.isEmpty()) {
                return fault(commands.get(number).line(), "has not ended" + missed);
            }
            from = end < 0 ? output.size() : end + 1;
        }
        return Optional.empty();
    }

    /** Starts what the block starts, or stops what runs if it begins with Ctrl-C, and waits for what is printed next. */
    private Optional<Trouble> serve(Fence fence, List<Command> commands, int seconds)
            throws IOException, InterruptedException {
        if (commands.size() != 1) {
            return fault(fence.line(), "expected one command, which stays in its terminal, or what it prints next");
        }
        Command command = commands.get(0);
        Expected expected = command.output();
        if (!command.text().isEmpty()) {
            stopServer();
            server = open(command.text(), commands);
            linesSeen = 0;
        } else if (server == null) {
            return fault(fence.line(), "no server is running; expected '$ ' and the command that starts one");
        } else if (expected.lines().get(0).equals(CTRL_C)) {
            server.close();
            expected = expected.withoutFirst();
        }
        return await(expected, seconds);
    }

    private Optional<Trouble> await(Expected expected, int seconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            boolean running = server.isRunning(); // first: what it printed before its end is there then
            List<String> all = server.output();
            List<String> output = all.subList(Math.min(linesSeen, all.size()), all.size());
            int end = expected.end(output);
            if (end >= 0) {
                linesSeen += end;
                return Optional.empty();
            }
            if (!running || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
                return Optional.of(expected.trouble(output, running ? " within " + seconds + " s" : " before its end"));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        stopServer();
        scratch.close();
    }
}
