package dev.gserver.tools.exercise;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.common.Texts;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stage as an exercise: all its files, with holes where the bodies of its rungs go. The holes are cut out of the stage
 * each time anew, so they cannot differ from it.
 */
public final class Exercise {
    private final Stage stage;
    private final Ladder ladder;
    private final NotesMap notes;
    private final Map<String, String> texts;
    private final NotesMap english; // for the code, which is the same in each language
    private List<JavaSource> sources; // null: nobody has asked for a body yet

    public Exercise(Project project, Stage stage) {
        this.stage = stage;
        this.ladder = Ladder.of(stage.number(), project.texts());
        this.notes = NotesMap.read(project);
        this.texts = Folders.texts(stage.main());
        this.english = project.texts().isChinese() ? NotesMap.read(project.in(Texts.ENGLISH)) : notes;
    }

    public Stage stage() {
        return stage;
    }

    public Ladder ladder() {
        return ladder;
    }

    public NotesMap notes() {
        return notes;
    }

    /** The files of the stage as they are, by path from src/main/java on. */
    public Map<String, String> texts() {
        return texts;
    }

    private List<JavaSource> sources() {
        if (sources == null) {
            sources = JavaSource.parse(texts).sources();
        }
        return sources;
    }

    /** The files with a hole for each of {@code bodies}. */
    public Map<String, String> without(Collection<String> bodies) {
        Map<String, String> cut = new TreeMap<>(texts);
        sources().forEach(source -> cut.put(source.path(), Cutter.cut(source, bodies, this::whatAndWhere)));
        return cut;
    }

    /** The files as a learner gets them. */
    public Map<String, String> skeleton() {
        return without(ladder.bodies());
    }

    /** The bodies of that name, as the course has written them; none if there is no such. */
    public List<Body> bodies(String name) {
        return Body.in(sources()).stream()
                .filter(body -> body.name().equals(name))
                .toList();
    }

    /** The section that explains a rung, such as docs/stage1-listen.md#one-port-six-steps, in the user's language. */
    public String section(Project project, Rung rung) {
        return Page.section(project, "docs/" + stage.name() + ".md#" + rung.section());
    }

    /** What a body has to do, in a line. */
    public String what(Body body) {
        return new Describer(sources(), notes).what(body);
    }

    private String whatAndWhere(Body body) {
        return new Describer(sources(), english).what(body)
                + ladder.of(body.name())
                        .map(rung -> " (rung " + rung.number() + ", " + rung.name() + ")")
                        .orElse("");
    }
}
