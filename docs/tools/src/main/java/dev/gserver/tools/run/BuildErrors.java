package dev.gserver.tools.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why Maven could not build: the compiler's errors with all their lines; where there are none, Maven's own. */
record BuildErrors(List<String> log) {
    private static final Pattern DIAGNOSTIC =
            Pattern.compile("\\[(ERROR|WARNING)\\] (.*\\.java):\\[(\\d+),\\d+\\] (.*)");
    private static final Pattern MAVENS = Pattern.compile("\\[ERROR\\] (?!-> |\\[Help|Re-run|To see|For more)(.+)");

    /** @param shown the name of a file as the user knows it */
    String text(UnaryOperator<String> shown) {
        Set<String> found = diagnostics("ERROR", shown);
        if (found.isEmpty() && log.stream().anyMatch(line -> line.contains("COMPILATION ERROR"))) {
            found = diagnostics("WARNING", shown); // which are errors, with -Werror
        }
        if (found.isEmpty()) {
            log.stream()
                    .map(MAVENS::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1) + "\n")
                    .forEach(found::add);
        }
        return String.join("", found);
    }

    private Set<String> diagnostics(String kind, UnaryOperator<String> shown) {
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < log.size() && !log.get(i).endsWith("BUILD FAILURE"); i++) {
            Matcher first = DIAGNOSTIC.matcher(log.get(i));
            if (first.matches() && first.group(1).equals(kind)) {
                List<String> lines = new ArrayList<>();
                String file = Path.of(first.group(2).replaceFirst("^/(?=[A-Za-z]:)", ""))
                        .toString(); // /C:/... on Windows
                lines.add(shown.apply(file) + ":" + first.group(3) + ": " + first.group(4) + "\n");
                for (int next = i + 1; next < log.size() && !log.get(next).startsWith("["); next++) {
                    lines.add(log.get(next) + "\n"); // symbol and location
                }
                found.add(String.join("", lines));
            }
        }
        return found;
    }
}
