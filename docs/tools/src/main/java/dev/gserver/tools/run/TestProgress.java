package dev.gserver.tools.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** Says on a terminal, in a line that is written over, how many test classes are done and which one runs. */
final class TestProgress {
    private static final Pattern RUNNING = Pattern.compile("\\[INFO\\] Running (?:.*\\.)?(\\w+)(?:\\$.*)?");
    private static final Pattern DONE = Pattern.compile("\\[\\w+\\] Tests run: .* Time elapsed: .* in .*");
    private static final String ERASE = "\r\033[K";

    private final PrintStream terminal; // null if there is none
    private final long classes;
    private int done;
    private String running;

    TestProgress(PrintStream terminal, long classes) {
        this.terminal = terminal;
        this.classes = classes;
    }

    static TestProgress onTerminal(Path tests) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            long classes =
                    files.filter(file -> file.toString().endsWith("Test.java")).count();
            return new TestProgress(Ansi.AUTO.enabled() ? System.err : null, classes);
        }
    }

    /** The class whose tests run now. */
    Optional<String> running() {
        return Optional.ofNullable(running);
    }

    /** @param line of what Maven prints */
    void line(String line) {
        Matcher starts = RUNNING.matcher(line);
        if (starts.matches()) {
            running = starts.group(1);
            say(done + " of " + classes + " test classes done; " + running + " runs");
        } else if (DONE.matcher(line).matches()) {
            done++;
            running = null;
        }
    }

    void end() {
        say("");
    }

    private void say(String text) {
        if (terminal != null) {
            terminal.print(ERASE + text);
            terminal.flush();
        }
    }
}
