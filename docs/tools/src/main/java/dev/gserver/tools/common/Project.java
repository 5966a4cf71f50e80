package dev.gserver.tools.common;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A checkout of the course.
 *
 * @param home its root
 * @param from the folder where the user has called ./course
 * @param texts in the user's language
 */
public record Project(Path home, Path from, Texts texts) {
    private static final List<String> FOLDERS =
            List.of("stage1-listen", "stage2-epoll", "stage3-threadpool", "stage4-send", "stage5-timer");

    /** One of the five stages. */
    public record Stage(int number, Path folder) {
        /** The folder's name, such as stage2-epoll. */
        public String name() {
            return folder.getFileName().toString();
        }

        /** The layer's name, which is its package's too. */
        public String layer() {
            return name().replaceFirst("^[^-]*-", "");
        }

        public Path main() {
            return folder.resolve("src/main/java");
        }

        public Path tests() {
            return folder.resolve("src/test/java");
        }
    }

    public Project {
        home = home.toAbsolutePath().normalize();
        from = from.toAbsolutePath().normalize();
    }

    public Project(Path home, Path from) {
        this(home, from, Texts.ENGLISH);
    }

    /** The same for a user of another language. */
    public Project in(Texts language) {
        return new Project(home, from, language);
    }

    /** The checkout that this program was built in: its classes lie in docs/tools/target. The user is where it started. */
    public static Project ofProgram() {
        try {
            var program = Project.class.getProtectionDomain().getCodeSource().getLocation();
            return new Project(Path.of(program.toURI()).resolve("../../../.."), Path.of(""));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The stages that are there, in order. */
    public List<Stage> stages() {
        return all().stream().filter(stage -> Files.isDirectory(stage.folder())).toList();
    }

    private List<Stage> all() {
        return IntStream.rangeClosed(1, FOLDERS.size())
                .mapToObj(number -> new Stage(number, home.resolve(FOLDERS.get(number - 1))))
                .toList();
    }

    /** @param word what names a stage: 3, threadpool, stage3, stage3-threadpool, or a path to its folder */
    public Stage stage(String word) {
        return all().stream()
                .filter(stage -> List.of(String.valueOf(stage.number()), "stage" + stage.number(), stage.layer())
                                .contains(word)
                        || !word.isEmpty()
                                && (stage.folder().equals(resolve(word))
                                        || stage.folder()
                                                .equals(home.resolve(word).normalize())))
                .findFirst()
                .orElseThrow(() -> Refusal.ofArguments(
                        "'" + word + "': expected a stage, 1 to " + FOLDERS.size() + ", or the name of its folder"));
    }

    public Path docs() {
        return home.resolve("docs");
    }

    /** @param typed a path as the user typed it, meant from where the user is */
    public Path resolve(String typed) {
        try {
            return from.resolve(typed).normalize();
        } catch (InvalidPathException e) {
            throw Refusal.ofArguments("'" + typed + "': expected a path; " + e.getReason());
        }
    }

    /** How the user would type a path: what lies below the folder where the user is, as seen from there. */
    public String show(Path path) {
        return (path.startsWith(from) ? from.relativize(path) : path).toString();
    }

    /** A path as pages and messages have it: from the root, with slashes. */
    public String name(Path path) {
        return Folders.slashes(home.relativize(path));
    }
}
