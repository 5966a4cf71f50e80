package dev.gserver.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.Tool.Result;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.transcript.PageRun.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small checkout without faults, to be broken: two stages, a chapter, the tables of steps and of faults. */
final class CheckTree {
    static final String CHAPTER = "docs/stage1-listen.md";

    private final Path root;

    CheckTree(Path root) throws IOException, URISyntaxException {
        this.root = root;
        Path model = Path.of(CheckTree.class.getResource("tree").toURI());
        Folders.copy(model, root);
        for (Path file : Folders.files(model.resolve("stage1-listen/src"))) {
            String path = Folders.slashes(model.relativize(file));
            Folders.write(root.resolve(path.replace("stage1-listen", "stage2-epoll")), Folders.read(file));
        }
        for (String name : List.of("stage1-listen.md", "notes-map.md", "faults.md")) {
            String text = Folders.read(root.resolve("docs").resolve(name))
                    .replace("[中文](zh-CN/", "[English](../")
                    .replace("## The door", "## 门：Door")
                    .replace("#the-door-1", "#门door-1")
                    .replace("[knock]", "[敲门]")
                    .replace("learn 1 my-stage1", "learn 1 my-stage1 --zh")
                    .replace("$ ./course demo 1", "$ ./course demo 1 --zh")
                    .replace("==> The server stops.", "==> 服务器停止。")
                    .replace("a race: two steps", "一个竞态：两步")
                    .replace("# what we have saved", "# 存下来的");
            write("docs/zh-CN/" + name, text);
        }
    }

    CheckTree write(String file, String text) {
        Folders.write(root.resolve(file), text);
        return this;
    }

    CheckTree append(String file, String text) {
        return write(file, Folders.read(root.resolve(file)) + text + "\n");
    }

    CheckTree replace(String file, String old, String now) {
        String text = Folders.read(root.resolve(file));
        assertThat(text).contains(old);
        return write(file, text.replace(old, now));
    }

    void delete(String file) throws IOException {
        Files.delete(root.resolve(file));
    }

    /** course check --fast, with what else is given. */
    Result check(String... pages) {
        return Tool.call(
                root,
                Stream.concat(Stream.of("check", "--fast"), Stream.of(pages)).toArray(String[]::new));
    }

    /** Runs the commands of the chapter; returns what is said of them. */
    String run(Tools tools) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        Checks checks = new Checks(new Project(root, root), printed);
        checks.runCommands(checks.page(CHAPTER), tools);
        return out.toString(StandardCharsets.UTF_8);
    }
}
