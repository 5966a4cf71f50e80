package dev.gserver.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Home;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.transcript.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A small checkout without faults, to be broken: two stages, a chapter, the tables of steps and of faults. */
final class CheckTree {
    static final String CHAPTER = "docs/stage1-listen.md";
    static final String CHAPTER_ZH = "docs/zh-CN/stage1-listen.md";
    static final String SOURCES = "stage1-listen/src/main/java/dev/gserver/";
    static final String DOOR = SOURCES + "listen/Door.java";
    static final String LOOP = "stage2-epoll/src/main/java/dev/gserver/epoll/Loop.java";

    /** What a check has printed. */
    record Outcome(int exitCode, String output) {
        /** It has failed, and tells a fault that begins with each of {@code starts}. */
        void hasFaults(String... starts) {
            assertThat(exitCode).as(output).isEqualTo(1);
            for (String start : starts) {
                assertThat(output.lines()).anySatisfy(line -> assertThat(line).startsWith("      " + start));
            }
        }
    }

    private final Path root;

    CheckTree(Path root) {
        this.root = root;
        try {
            Path model = Path.of(CheckTree.class.getResource("tree").toURI());
            copyAll(model, root);
            copyAll(model.resolve("stage1-listen/src"), root.resolve("stage2-epoll/src"));
            translate();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void translate() throws IOException {
        Files.createDirectories(root.resolve("docs/zh-CN"));
        for (String name : List.of("stage1-listen.md", "notes-map.md", "faults.md")) {
            String text = Files.readString(root.resolve("docs/" + name))
                    .replace("[中文](zh-CN/", "[English](../")
                    .replace("## The door", "## 门：Door")
                    .replace("#the-door-1", "#门door-1")
                    .replace("[knock]", "[敲门]")
                    .replace("# what we have saved", "# 存下来的");
            Files.writeString(root.resolve("docs/zh-CN/" + name), text);
        }
    }

    CheckTree replace(String file, String old, String now) throws IOException {
        String text = Files.readString(root.resolve(file));
        assertThat(text).contains(old);
        return write(file, text.replace(old, now));
    }

    CheckTree append(String file, String text) throws IOException {
        return write(file, Files.readString(root.resolve(file)) + text + "\n");
    }

    CheckTree write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
        return this;
    }

    CheckTree copy(String file, String to) throws IOException {
        return write(to, Files.readString(root.resolve(file)));
    }

    CheckTree delete(String file) throws IOException {
        Files.delete(root.resolve(file));
        return this;
    }

    /** course check --fast, with what else is given. */
    Outcome check(String... pages) {
        StringWriter output = new StringWriter();
        CommandLine command = new CommandLine(new CheckCommand(new Home(new Project(root), root)));
        command.setOut(new PrintWriter(output));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof Refusal refusal) {
                output.write(refusal.getMessage());
                return refusal.exitCode();
            }
            throw failure;
        });
        String[] words = Stream.concat(Stream.of("--fast"), Stream.of(pages)).toArray(String[]::new);
        return new Outcome(command.execute(words), output.toString());
    }

    /** Runs the commands of the chapter. */
    Outcome run(Tools tools) throws IOException, InterruptedException {
        Repository repository = Repository.read(new Project(root));
        Verdict verdict = new PageCommands(
                        repository, repository.pages().page(Path.of(CHAPTER)).orElseThrow(), tools)
                .verdicts()
                .get(0);
        return new Outcome(verdict.isGood() ? 0 : 1, verdict.toString());
    }
}
