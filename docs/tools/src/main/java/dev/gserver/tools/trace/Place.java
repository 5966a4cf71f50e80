package dev.gserver.tools.trace;

import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of Trace.step: where it stands and the lines around it.
 *
 * @param what the end of what it says, which tells calls with the same id apart
 */
record Place(String file, int line, String what, int firstLine, List<String> lines) {
    private static final Pattern CALL = Pattern.compile("Trace\\s*\\.step\\(\\s*\"([^\"]+)\"(.*?)\\);", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final int LINES_BEFORE = 4;
    private static final int LINES_AFTER = 3;

    /** All of a stage, by the id of the step. */
    static Map<String, List<Place>> findAll(Stage stage) throws IOException {
        Map<String, List<Place>> places = new HashMap<>();
        try (Stream<Path> files = Files.walk(stage.main())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String name = stage.name() + "/"
                        + stage.folder().relativize(file).toString().replace('\\', '/');
                find(name, Files.readAllLines(file), places);
            }
        }
        return places;
    }

    private static void find(String name, List<String> lines, Map<String, List<Place>> places) {
        String code = lines.stream()
                .map(line -> line.strip().startsWith("//") ? "" : line)
                .collect(Collectors.joining("\n"));
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            int first = lineOf(code, call.start());
            int from = Math.max(first - LINES_BEFORE, 1);
            int to = Math.min(lineOf(code, call.end()) + LINES_AFTER, lines.size());
            places.computeIfAbsent(call.group(1), id -> new ArrayList<>())
                    .add(new Place(name, first, lastText(call.group(2)), from, lines.subList(from - 1, to)));
        }
    }

    private static int lineOf(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static String lastText(String arguments) {
        return TEXT.matcher(arguments)
                .results()
                .reduce((one, next) -> next)
                .map(text -> text.group(1))
                .orElse("");
    }
}
