package dev.gserver.tools.check;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.Project.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How the stages grow out of each other, and how long their classes and methods are. */
record StageChecks(Repository repository) {
    private static final double LEAST_PERCENT = 99;
    private static final int MOST_OF_A_CLASS = 200;
    private static final int MOST_OF_A_METHOD = 25;

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        List<Stage> stages = repository.stages();
        for (int i = 1; i < stages.size(); i++) {
            verdicts.add(filesStand(stages.get(i - 1), stages.get(i)));
            verdicts.add(linesStand(stages.get(i - 1), stages.get(i)));
        }
        verdicts.add(Verdict.of(
                "the poms differ in artifactId and name alone",
                stages.stream().flatMap(stage -> differentPom(stages.get(0), stage))));
        verdicts.addAll(new Layers(repository).verdicts());
        verdicts.add(Verdict.of(
                "no class has more than " + MOST_OF_A_CLASS + " lines of code",
                sources().flatMap(StageChecks::longClasses)));
        verdicts.add(Verdict.of(
                "no method has more than " + MOST_OF_A_METHOD + " lines of code",
                sources().flatMap(StageChecks::longMethods)));
        return verdicts;
    }

    private static Path counterpart(Path file, Stage from, Stage to) {
        return to.folder().resolve(from.folder().relativize(file));
    }

    private Verdict filesStand(Stage from, Stage to) {
        return Verdict.of(
                "every file of " + from.name() + " is in " + to.name() + " too",
                repository.files(from.folder().resolve("src")).stream()
                        .filter(file -> !Files.exists(counterpart(file, from, to)))
                        .map(file -> new Fault(repository.name(file), 0, "is missing in " + to.name())));
    }

    /** Blank lines are not counted. */
    private Verdict linesStand(Stage from, Stage to) {
        long total = 0;
        List<Fault> gone = new ArrayList<>();
        for (Path file : repository.files(from.folder().resolve("src/main"))) {
            Path counterpart = counterpart(file, from, to);
            List<String> lines = Folders.lines(file);
            total += lines.stream().filter(line -> !line.isBlank()).count();
            List<String> there = Files.exists(counterpart) ? Folders.lines(counterpart) : List.of();
            for (AbstractDelta<String> change : DiffUtils.diff(lines, there).getDeltas()) {
                int number = change.getSource().getPosition();
                for (String line : change.getSource().getLines()) {
                    number++;
                    if (!line.isBlank()) {
                        String text = "is gone in " + to.name() + ", expected 99 % of all lines to stay: ";
                        gone.add(new Fault(repository.name(file), number, text + line.strip()));
                    }
                }
            }
        }
        double share = 100.0 * (total - gone.size()) / total;
        String promise = "%.2f %% of the %d main lines of %s stand unchanged in %s";
        return Verdict.of(
                String.format(Locale.ROOT, promise, share, total, from.name(), to.name()),
                share < LEAST_PERCENT ? gone.stream() : Stream.of());
    }

    /** Each stage can be built alone, and they are built in the same way. */
    private Stream<Fault> differentPom(Stage first, Stage stage) {
        Path pom = stage.folder().resolve("pom.xml");
        if (!Files.exists(pom)) {
            return Stream.of(new Fault(repository.name(pom), 0, "is missing"));
        }
        return DiffUtils.diff(comparablePom(stage), comparablePom(first)).getDeltas().stream()
                .map(change -> new Fault(
                        repository.name(pom),
                        change.getSource().getPosition() + 1,
                        show(change.getSource().getLines()) + ", expected as in " + first.name() + ": "
                                + show(change.getTarget().getLines())));
    }

    private static String show(List<String> lines) {
        return lines.isEmpty() ? "nothing" : String.join("\n", lines).strip().replaceAll("\\s+", " ");
    }

    /** The lines of the stage's pom without what has to be different. */
    private static List<String> comparablePom(Stage stage) {
        Path pom = stage.folder().resolve("pom.xml");
        String name = "<name>gserver stage " + stage.number() + ": " + stage.layer() + "</name>";
        return (Files.exists(pom) ? Folders.lines(pom) : List.<String>of())
                .stream()
                        .map(line -> line.replace("<artifactId>" + stage.name() + "</artifactId>", "")
                                .replace(name, ""))
                        .toList();
    }

    private Stream<JavaSource> sources() {
        return repository.stages().stream().flatMap(stage -> repository.sources(stage.main()).stream());
    }

    private static Stream<Fault> longClasses(JavaSource source) {
        return source.types().stream()
                .flatMap(type -> tooLong(source, type, type.getSimpleName().toString(), MOST_OF_A_CLASS));
    }

    private static Stream<Fault> longMethods(JavaSource source) {
        return source.all(ClassTree.class).stream()
                .flatMap(owner -> owner.getMembers().stream().flatMap(member -> longBody(source, owner, member)));
    }

    private static Stream<Fault> longBody(JavaSource source, ClassTree owner, Tree member) {
        String type = owner.getSimpleName().toString();
        if (member instanceof MethodTree method && method.getBody() != null) {
            String name = method.getName().toString().replace("<init>", type);
            return tooLong(source, method.getBody(), type + "." + name, MOST_OF_A_METHOD);
        }
        return member instanceof BlockTree
                ? tooLong(source, member, type + ": an initialiser", MOST_OF_A_METHOD)
                : Stream.of();
    }

    /** Lines of comments and blank ones are not counted. */
    private static Stream<Fault> tooLong(JavaSource source, Tree tree, String name, int most) {
        int lines = source.end(tree) < 0 ? 0 : source.codeLines(tree);
        String text = name + " has " + lines + ", expected at most " + most;
        return lines <= most ? Stream.of() : Stream.of(new Fault(source.path(), source.line(tree), text));
    }
}
