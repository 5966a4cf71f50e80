package dev.gserver.tools.check;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.gserver.tools.common.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each stage can be built alone, and they are built in the same way. */
record PomsAgree(Repository repository) implements Check {
    @Override
    public List<Verdict> verdicts() {
        Map<Boolean, List<Stage>> stages =
                repository.stages().stream().collect(Collectors.partitioningBy(stage -> Files.exists(pom(stage))));
        Stream<Fault> missing =
                stages.get(false).stream().map(stage -> new Fault(repository.name(pom(stage)), 0, "is missing"));
        Stream<Fault> different = stages.get(true).stream()
                .flatMap(stage -> faults(stages.get(true).get(0), stage));
        return List.of(Verdict.of("the poms differ in artifactId and name alone", Stream.concat(missing, different)));
    }

    private Stream<Fault> faults(Stage first, Stage stage) {
        return DiffUtils.diff(comparable(stage), comparable(first)).getDeltas().stream()
                .map(change -> fault(first, stage, change));
    }

    private Fault fault(Stage first, Stage stage, AbstractDelta<String> change) {
        int line = change.getSource().getPosition() + 1;
        String text = show(change.getSource().getLines()) + ", expected as in " + first.name() + ": "
                + show(change.getTarget().getLines());
        return new Fault(repository.name(pom(stage)), line, text);
    }

    private static String show(List<String> lines) {
        return lines.isEmpty()
                ? "nothing"
                : String.join(" ", lines.stream().map(String::strip).toList());
    }

    private static Path pom(Stage stage) {
        return stage.folder().resolve("pom.xml");
    }

    /** The lines of the stage's pom without what has to be different. */
    private List<String> comparable(Stage stage) {
        String artifact = "<artifactId>" + stage.name() + "</artifactId>";
        String layer = stage.name().substring(stage.name().indexOf('-') + 1);
        String name = "<name>gserver stage " + stage.number() + ": " + layer + "</name>";
        return repository.lines(pom(stage)).stream()
                .map(line -> line.replace(artifact, "").replace(name, ""))
                .toList();
    }
}
