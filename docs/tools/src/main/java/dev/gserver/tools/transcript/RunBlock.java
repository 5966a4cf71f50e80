package dev.gserver.tools.transcript;

import dev.gserver.tools.markdown.Fence;
import dev.gserver.tools.transcript.PageRun.Opener;
import dev.gserver.tools.transcript.PageRun.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A {@code console run} block: one shell for all its commands, all of which end. */
record RunBlock(Fence fence, List<Command> commands, int seconds) {
    private static final String MARK = "==end of the output of command ";

    Optional<Trouble> run(Opener opener) throws IOException, InterruptedException {
        if (commands.isEmpty() || commands.get(0).text().isEmpty()) {
            return Optional.of(Trouble.fault(fence.line() + 1, "expected a command: a line that begins with '$ '"));
        }
        try (Terminal terminal = opener.open(script(), commands)) {
            boolean ended = terminal.waitFor(seconds);
            return compare(terminal.output(), ended);
        }
    }

    /** A line with a mark and a number ends the output of each command. */
    private String script() {
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
        for (int number = 0; number < commands.size(); number++) {
            script.append(commands.get(number).text())
                    .append("\nstatus=$?; printf '\\n%s\\n' '")
                    .append(MARK)
                    .append(number)
                    .append("'; (exit $status)\n");
        }
        return script.toString();
    }

    private Optional<Trouble> compare(List<String> output, boolean ended) {
        int from = 0;
        for (int number = 0; number < commands.size(); number++) {
            int end = output.indexOf(MARK + number);
            List<String> own = output.subList(from, end < 0 ? output.size() : end);
            Optional<Trouble> trouble = compare(commands.get(number), own, end >= 0 || ended);
            if (trouble.isPresent()) {
                return trouble;
            }
            from = end + 1;
        }
        return Optional.empty();
    }

    private Optional<Trouble> compare(Command command, List<String> output, boolean ended) {
        List<String> shown = Expected.withoutBlankEnd(output);
        String within = ended ? "" : " within " + seconds + " s";
        Expected.Match match = command.output().withoutBlankEnd().match(shown);
        if (match.end() < 0 || !match.wasAll()) {
            return Optional.of(match.trouble(shown, within));
        }
        return ended ? Optional.empty() : Optional.of(Trouble.fault(command.line(), "has not ended" + within));
    }
}
