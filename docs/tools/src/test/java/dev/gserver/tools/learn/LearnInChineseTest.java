package dev.gserver.tools.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.Tool;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.exercise.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnInChineseTest {
    private static final Project COURSE = Project.ofProgram();
    private static final Path MAIN = Path.of("src/main/java/dev/gserver");
    private static final String SOCKETS = "listen/ListeningSockets.java";

    @TempDir
    private Path from;

    private Project user;
    private Path folder;

    @BeforeEach
    void start() {
        user = new Project(COURSE.home(), from);
        folder = from.resolve("mine 阶段");
        Workspace.write(COURSE, new Exercise(COURSE, COURSE.stage("1")), folder);
    }

    private String once() {
        return Tool.call(user, "learn", "1", "mine 阶段", "--once", "--zh").out();
    }

    private void writeAll() {
        Folders.texts(COURSE.stage("1").folder().resolve(MAIN))
                .forEach((path, text) -> Folders.write(folder.resolve(MAIN).resolve(path), text));
    }

    private void writeSockets(String what, String instead) {
        Path file = MAIN.resolve(SOCKETS);
        String text = Folders.read(COURSE.stage("1").folder().resolve(file));
        assertThat(text).contains(what);
        Folders.write(folder.resolve(file), text.replace(what, instead));
    }

    @Test
    @DisplayName("in Chinese: the verdicts, the hints, the keys; what tests and programs say stays as it is")
    void tellsInChinese() throws Exception {
        Project chinese = user.in(Texts.CHINESE);
        assertThat(once())
                .contains("] 0/8；下一步：process.view，", "\n第 1 级，共 2 级，ports：每个端口")
                .containsPattern("\n接下来：写 ListeningSocket.format，mine 阶段.*ListeningSocket\\.java:\\d+\n")
                .contains("\n      讲解：docs/zh-CN/stage1-listen.md#一个端口六步\n");
        try (Learn learn = new Learn(chinese, COURSE.stage("1"), folder)) {
            Attempt untouched = learn.look();
            assertThat(learn.hint(untouched, "ListeningSockets.openOne"))
                    .startsWith("提示 1/3，ListeningSockets.openOne\n")
                    .contains("步骤 gsx_open_listening_sockets.1：创建套接字", "讲解：docs/zh-CN/");
            assertThat(learn.hint(untouched, "ListeningSockets.openOne")).contains("语句数：", "用到：try", "调用：");
            InputStream keys = new ByteArrayInputStream("l\nq\n".getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            learn.follow(keys, new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("h 提示   s NAME 答案", "\n1 ports：共 4 个，还有 4 个要写\n");
        }
        writeAll();
        writeSockets("channel.configureBlocking(false);", "");
        assertThat(once())
                .contains("第 1 级（共 2 级）未通过，ports：")
                .contains("没有做到：gsx_open_listening_sockets.3: accept returns at once when nobody is waiting\n")
                .contains("    Expecting value to be false but was true\n", "  测试：ListeningSocketsTest.doesNotBlock，")
                .contains("接下来：找出原因。本级里这个测试执行过：ListeningSocket.format, ");
        writeAll();
        assertThat(once()).contains("2 级全部通过。现在运行全部测试：./course test 1 --on mine 阶段");
        writeSockets("channels.add(channel);", "chanels.add(channel);");
        assertThat(once()).endsWith("\n不能编译：只有这一个错误\n");
    }
}
