package dev.gserver.tools.common;

import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What every sub-command starts from: the checkout that the tools lie in, and the folder where the user called them. */
public final class Home {
    private final Project project;
    private final Path from;

    public Home(Project project, Path from) {
        this.project = project;
        this.from = from.toAbsolutePath().normalize();
    }

    /** The checkout that this program was built in: its classes lie in docs/tools/target. The user is where it started. */
    public static Home ofProgram() {
        try {
            Path program = Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Home(new Project(program.resolve("../../../..")), Path.of(""));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public Project project() {
        return project;
    }

    /** The folder where the user called ./course. */
    public Path from() {
        return from;
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
}
