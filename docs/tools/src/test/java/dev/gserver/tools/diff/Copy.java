package dev.gserver.tools.diff;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A checkout with the sources of some stages, for a test to change; and what a command says there. */
final class Copy {
    private final Path home;

    private Copy(Path home) {
        this.home = home;
    }

    static Copy of(Path home, String... stages) throws IOException {
        Path checkout = Home.ofProgram().project().home();
        for (String stage : stages) {
            Path from = checkout.resolve(stage).resolve("src");
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    write(home.resolve(checkout.relativize(file)), Files.readString(file));
                }
            }
        }
        return new Copy(home);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void write(String file, String text) throws IOException {
        write(home.resolve(file), text);
    }

    void append(String file, String text) throws IOException {
        write(file, Files.readString(home.resolve(file)) + text);
    }

    Path path(String file) {
        return home.resolve(file);
    }

    /** What ./course diff prints, called in the folder of the checkout; what is refused comes out as it is thrown. */
    String diff(String... words) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new DiffCommand(new Home(new Project(home), home)));
        command.setOut(new PrintWriter(out));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            throw failure;
        });
        try {
            command.parseArgs(words);
            command.<DiffCommand>getCommand().call();
        } catch (IOException e) {
            throw new AssertionError(List.of(words).toString(), e);
        }
        return out.toString();
    }
}
