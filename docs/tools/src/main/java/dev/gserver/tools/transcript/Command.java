package dev.gserver.tools.transcript;

import dev.gserver.tools.markdown.Page.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One command of a transcript and what it is said to print. */
record Command(int line, String text, Expected output) {
    private static final String PROMPT = "$ ";

    /** The commands of a block; what stands before the first of them belongs to a command without text. */
    static List<Command> of(Fence fence) {
        List<String> lines = fence.lines();
        List<Command> commands = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int line = fence.line() + 1 + at;
            StringBuilder text = new StringBuilder();
            if (lines.get(at).startsWith(PROMPT)) {
                text.append(lines.get(at++).substring(PROMPT.length()));
                while (at < lines.size() && lines.get(at).matches(">( .*)?")) {
                    text.append('\n').append(lines.get(at++).replaceFirst("> ?", ""));
                }
            }
            int begin = at;
            while (at < lines.size() && !lines.get(at).startsWith(PROMPT)) {
                at++;
            }
            Expected output = new Expected(fence.line() + 1 + begin, lines.subList(begin, at));
            commands.add(new Command(line, text.toString(), output));
        }
        return commands;
    }

    static String texts(List<Command> commands) {
        return commands.stream().map(Command::text).collect(Collectors.joining("\n"));
    }
}
