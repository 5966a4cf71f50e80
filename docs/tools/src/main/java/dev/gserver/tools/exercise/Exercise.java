package dev.gserver.tools.exercise;

import com.sun.source.tree.Tree;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.diff.LineDiff;
import dev.gserver.tools.diff.LineDiff.Hunk;
import dev.gserver.tools.diff.LineDiff.Line;
import dev.gserver.tools.exercise.Cutter.Cut;
import dev.gserver.tools.markdown.NotesMap;
import dev.gserver.tools.markdown.NotesMap.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stage as an exercise: all its files, with holes where its layer goes, and the order in which they are best written.
 * The holes are cut out of the stage each time anew, so they cannot differ from it.
 */
public final class Exercise {
    private static final int CONTEXT = 2;

    private final Stage stage;
    private final Optional<Stage> previous;
    private final List<Step> steps;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<List<Piece>> groups;
    private final TestsOf tests;

    private final Describer describer;
    private final Given given;

    public Exercise(Project project, Stage stage) {
        this.stage = stage;
        this.previous =
                stage.number() == 1 ? Optional.empty() : Optional.of(project.stage(String.valueOf(stage.number() - 1)));
        NotesMap notes = NotesMap.read(project);
        this.steps = notes.of(stage);
        Map<String, SourceFile> after = SourceFile.read(stage.main());
        this.describer = new Describer(after, notes);
        this.given = new Given(after);
        Map<String, SourceFile> before =
                previous.isPresent() ? SourceFile.read(previous.get().main()) : frame(after);
        for (SourceFile source : after.values()) {
            pieces.add(piece(source, before.get(source.path())));
        }
        this.groups = Order.of(pieces.stream().filter(Piece::isTask).toList());
        this.tests = new TestsOf(this);
    }

    /** What there is before the first layer: all around it. */
    private Map<String, SourceFile> frame(Map<String, SourceFile> sources) {
        Map<String, SourceFile> frame = new HashMap<>(sources);
        frame.keySet().removeIf(path -> Given.packageOf(path).equals(stage.layer()));
        return frame;
    }

    private Piece piece(SourceFile now, SourceFile then) {
        if (given.isFile(now.path()) || then != null && then.text().equals(now.text())) {
            return piece(now, false, new Cut(now.text(), List.of(), Set.of()), "", List.of());
        }
        if (then == null) {
            return piece(
                    now,
                    true,
                    Cutter.cut(null, now, false, describer, given),
                    "",
                    List.of(now.java().unit()));
        }
        Cut cut = Cutter.cut(then, now, false, describer, given);
        String wired = Cutter.cut(then, now, true, describer, given).text();
        List<Tree> changed = now.type().members().stream()
                .filter(member -> then.type().find(member.key()) == null
                        || !then.type().find(member.key()).isLike(member))
                .map(SourceFile.Member::tree)
                .toList();
        return piece(now, false, cut, wiring(cut.text(), wired), changed);
    }

    /** The lines that change, without their numbers: the learner's file will have others. */
    private static String wiring(String before, String after) {
        StringBuilder out = new StringBuilder();
        List<Line> lines =
                LineDiff.compare(before.lines().toList(), after.lines().toList());
        for (Hunk hunk : LineDiff.hunks(lines, CONTEXT)) {
            out.append("@@\n");
            hunk.lines()
                    .forEach(line -> out.append(line.kind()).append(line.text()).append('\n'));
        }
        return out.toString();
    }

    private Piece piece(SourceFile now, boolean isNew, Cut cut, String wiring, List<? extends Tree> changed) {
        String about = now.java().firstSentence(now.type().tree());
        List<Step> own = steps.stream()
                .filter(step -> step.className().equals(now.name()))
                .toList();
        return new Piece(now.path(), about, isNew, cut, wiring, Trees.names(changed), own);
    }

    Stage stage() {
        return stage;
    }

    Optional<Stage> previous() {
        return previous;
    }

    /** All files, what is given too. */
    List<Piece> pieces() {
        return pieces;
    }

    /** The files to write, those that need one another together, what a group needs before it. */
    List<List<Piece>> groups() {
        return groups;
    }

    List<Piece> tasks() {
        return groups.stream().flatMap(List::stream).toList();
    }

    TestsOf tests() {
        return tests;
    }

    boolean isGiven(Piece piece) {
        return given.isFile(piece.path());
    }
}
