package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An exercise at the end of a chapter, as its page has it: a section with a task, a folded hint, and a test to save.
 *
 * @param name that of its test in small letters: PortRangeTest is port-range
 * @param text all of the section but the test
 * @param testFile its path in the stage's folder
 */
public record ChapterExercise(Stage stage, String name, String title, String text, String testFile, String test) {
    private static final String END = "Test.java";

    /** Those of a chapter, in its order. */
    public static List<ChapterExercise> of(Project project, Stage stage) {
        Page page = Page.read(project.home(), project.texts().page("docs/" + stage.name() + ".md"));
        List<String> lines = Folders.lines(project.home().resolve(page.name()));
        List<ChapterExercise> exercises = new ArrayList<>();
        for (Fence fence : page.fences()) {
            if (fence.isSaved() && fence.word(2).startsWith(stage.name() + "/src/test/java/")) {
                exercises.add(of(stage, page, lines, fence));
            }
        }
        return exercises;
    }

    private static ChapterExercise of(Stage stage, Page page, List<String> lines, Fence test) {
        List<Integer> headings = page.headings().stream().map(Heading::line).toList();
        int start = headings.stream()
                .filter(line -> line < test.line())
                .mapToInt(line -> line)
                .max()
                .orElseThrow();
        int end =
                headings.stream().filter(line -> line > test.line()).findFirst().orElse(lines.size() + 1);
        int testEnd = test.line() + test.lines().size() + 1;
        List<String> text = new ArrayList<>(lines.subList(start, test.line() - 1));
        text.addAll(lines.subList(testEnd, end - 1));
        String file = test.word(2).substring(stage.name().length() + 1);
        return new ChapterExercise(
                stage,
                name(file),
                lines.get(start - 1).replaceFirst("^#+ ", ""),
                String.join("\n", text).strip().replaceAll("\n{3,}", "\n\n"),
                file,
                String.join("\n", test.lines()) + "\n");
    }

    private static String name(String file) {
        String simple = file.substring(file.lastIndexOf('/') + 1, file.length() - END.length());
        return simple.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The one of that name. */
    public static ChapterExercise of(Project project, Stage stage, String name) {
        List<ChapterExercise> all = of(project, stage);
        return all.stream()
                .filter(exercise -> exercise.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.ofArguments("'" + name + "': expected one of "
                        + all.stream().map(ChapterExercise::name).collect(Collectors.joining(", "))));
    }

    /** Its test's simple name. */
    public String testClass() {
        return Path.of(testFile).getFileName().toString().replace(".java", "");
    }
}
