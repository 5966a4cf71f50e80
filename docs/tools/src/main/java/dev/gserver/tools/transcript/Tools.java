package dev.gserver.tools.transcript;

import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs that the pages' commands use and that a machine may be without.
 *
 * @param isInstalled whether there is a program of that name
 * @param areRequired whether one that is missing is a fault: where the build decides about a change; elsewhere the
 *     commands are left out
 */
public record Tools(Predicate<String> isInstalled, boolean areRequired) {
    static final String SHELL = "bash";
    private static final List<String> USED = List.of("nc", "python3", "haproxy", "ss", "ps", "strace", "curl", "lsof");

    /** Those of this machine. */
    public static Tools ofSystem() {
        return new Tools(Tools::isInPath, "true".equals(System.getenv("CI")));
    }

    private static boolean isInPath(String name) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> new File(folder, name).canExecute()); // a Path refuses what Windows has in its PATH
    }

    /** The first of the programs that {@code commands} name, the shell being one, which is missing. */
    Optional<String> missing(String commands) {
        return Stream.concat(Stream.of(SHELL), USED.stream().filter(tool -> isNamed(tool, commands)))
                .filter(isInstalled.negate())
                .findFirst();
    }

    private static boolean isNamed(String tool, String commands) {
        return Pattern.compile("(^|[\\s(])" + tool + "\\s").matcher(commands).find();
    }
}
