package dev.gserver.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.exercise.Exercise;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.trace.TracePageTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChineseTest {
    private static final Project ENGLISH = Project.ofProgram();
    private static final Project CHINESE = ENGLISH.in(Texts.CHINESE);

    @TempDir
    private Path folder;

    @Test
    @DisplayName("--zh, before the command or after it, and COURSE_LANG=zh; the locale alone changes nothing")
    void isAskedFor() throws Exception {
        String english = Tool.call(ENGLISH, "race").out();
        String chinese = Tool.call(ENGLISH, "race", "--zh").out();
        assertThat(english).doesNotContainPattern("\\p{IsHan}");
        assertThat(chinese).contains("  归还信箱分成了两步（GiveBackScenario）\n");
        assertThat(Tool.call(ENGLISH, "--zh", "race").out()).isEqualTo(chinese);
        ProcessBuilder course = RealServer.course("race");
        course.environment().put("LC_ALL", "zh_CN.UTF-8");
        assertThat(Tool.run(course).out()).isEqualTo(english);
        course.environment().putAll(Map.of("LC_ALL", "C", "COURSE_LANG", "zh"));
        assertThat(Tool.run(course).out())
                .as("UTF-8 where the terminal's encoding has no Chinese")
                .isEqualTo(chinese);
    }

    @Test
    @DisplayName("a trace's page: what is around the steps, and what they mean; the steps stay as they are")
    void makesATrace() throws Exception {
        Path trace = folder.resolve("trace.txt");
        Folders.write(trace, Template.text(TracePageTest.class, "sample.txt"));
        Path page = folder.resolve("trace.html");
        Tool.call(ENGLISH, "trace", "5", page.toString(), "--of", trace.toString(), "--zh");
        Document seen = Jsoup.parse(Tool.look(page, "choose(items.findIndex(isStep));"));
        assertThat(seen.selectFirst("html").attr("lang")).isEqualTo("zh-CN");
        assertThat(seen.title()).isEqualTo("gserver stage5-timer：步骤图");
        assertThat(seen.select(".lanes span").eachText()).contains("管理全部套接字", "负责定时");
        assertThat(seen.select("#panel dt").eachText()).contains("内容", "线程", "时间");
        assertThat(seen.select(".card .what").eachText()).noneMatch(text -> text.matches(".*\\p{IsHan}.*"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 4", "4, 5"})
    @DisplayName("a difference's page: remarks on the same files, those of the Chinese chapter")
    void makesADifference(String before, String after) throws IOException {
        Document english = diff(ENGLISH, before, after);
        Document chinese = diff(CHINESE, before, after);
        assertThat(remarked(chinese)).isEqualTo(remarked(english)).isNotEmpty();
        assertThat(chinese.select("aside").eachText()).allMatch(text -> text.matches(".*\\p{IsHan}.*"));
        assertThat(chinese.select("header p").text()).startsWith("文件：");
    }

    private Document diff(Project project, String before, String after) throws IOException {
        Path page = folder.resolve("diff.html");
        Tool.call(project, "diff", before, after, "--html", page.toString());
        return Jsoup.parse(page.toFile());
    }

    private static List<String> remarked(Document page) {
        return page.select("section.file:has(aside)").stream().map(Element::id).toList();
    }

    @Test
    @DisplayName("the table of the notes has the same steps in both languages, and a section is the same one")
    void hasTheSameSteps() {
        assertThat(ids(CHINESE)).isEqualTo(ids(ENGLISH));
        String section = "docs/stage3-threadpool.md#giving-back";
        assertThat(Page.section(CHINESE, section)).isEqualTo("docs/zh-CN/stage3-threadpool.md#归还");
        assertThat(Page.section(ENGLISH, section)).isEqualTo(section);
    }

    private static List<String> ids(Project project) {
        NotesMap notes = NotesMap.read(project);
        assertThat(notes.unreadable()).isEmpty();
        return notes.steps().stream()
                .map(step -> step.id() + step.home() + step.code() + step.test())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    @DisplayName("a folder to write a stage in: TASK.md in Chinese, with the sections of the chapter; the same code")
    void makesAFolder(String stage) {
        Path chinese = folder.resolve("zh");
        Path english = folder.resolve("en");
        assertThat(Tool.call(ENGLISH, "start", stage, chinese.toString(), "--zh")
                        .out())
                .startsWith("course: " + chinese + "：阶段 " + stage + "，")
                .endsWith("下一步：./course learn " + stage + " " + chinese + " --zh\n");
        Tool.call(ENGLISH, "start", stage, english.toString());
        assertThat(Folders.texts(chinese.resolve("src"))).isEqualTo(Folders.texts(english.resolve("src")));
        Exercise exercise = new Exercise(CHINESE, CHINESE.stage(stage));
        String task = Folders.read(chinese.resolve("TASK.md"));
        assertThat(task)
                .doesNotContain("{{")
                .contains("docs/zh-CN/" + exercise.stage().name() + ".md");
        Page chapter =
                Page.read(CHINESE.home(), "docs/zh-CN/" + exercise.stage().name() + ".md");
        exercise.ladder().rungs().forEach(rung -> {
            String anchor = exercise.section(CHINESE, rung).replaceFirst(".*#", "");
            assertThat(chapter.anchors()).contains(anchor);
            assertThat(task).contains(rung.does(), rung.shows(), "章节：#" + anchor + "。");
            assertThat(rung.does()).matches(".*\\p{IsHan}.*");
        });
    }

    @Test
    @DisplayName("the exercises of a chapter, and a folder for one")
    void makesAnExercise() {
        Path made = folder.resolve("port-range");
        assertThat(Tool.call(ENGLISH, "exercise", "1", "--zh").out().lines())
                .allMatch(line -> line.matches(".*\\p{IsHan}.*"));
        assertThat(Tool.call(ENGLISH, "exercise", "1", "port-range", made.toString(), "--zh")
                        .out())
                .contains("先读里面的 EXERCISE.md");
        assertThat(made.resolve("EXERCISE.md")).content().contains("## 命令").doesNotContain("{{", "](stage");
    }
}
