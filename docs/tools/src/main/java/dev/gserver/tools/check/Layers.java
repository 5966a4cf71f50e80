package dev.gserver.tools.check;

import com.tngtech.archunit.library.cycle_detection.Cycle;
import com.tngtech.archunit.library.cycle_detection.CycleDetector;
import dev.gserver.tools.common.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the stages' packages lie on each other. */
record Layers(Repository repository) implements Check {
    private static final List<String> LAYERS = List.of("listen", "epoll", "threadpool", "send", "timer");
    private static final String COMMON = "common"; // below all
    private static final String MEMORY = "memory"; // below epoll
    private static final Set<String> ROOT_CLASSES = Set.of("GServer", "Main");

    @Override
    public List<Verdict> verdicts() throws IOException {
        List<Fault> errors = new ArrayList<>();
        List<Collection<Need>> needs = new ArrayList<>();
        for (Stage stage : repository.stages()) {
            StageClasses compiled = StageClasses.compile(repository, stage);
            errors.addAll(compiled.errors());
            needs.add(Needs.of(repository, stage, compiled));
        }
        return List.of(
                Verdict.of("the stages compile", errors),
                Verdict.of(
                        "no package needs itself by way of others",
                        needs.stream().flatMap(Layers::cycles)),
                Verdict.of("a layer needs only what is below it", needs.stream().flatMap(Layers::upwards)),
                Verdict.of(
                        "the root package holds Main and GServer alone",
                        repository.stages().stream().flatMap(this::strangers)));
    }

    private static Stream<Fault> cycles(Collection<Need> needs) {
        Set<String> packages = needs.stream()
                .flatMap(need -> Stream.of(need.from(), need.to()))
                .collect(Collectors.toCollection(TreeSet::new));
        return CycleDetector.detectCycles(packages, needs).stream().map(Layers::fault);
    }

    private static Fault fault(Cycle<Need> cycle) {
        List<Need> ring = cycle.getEdges();
        String text = ring.stream()
                .map(need -> " needs " + Need.show(need.to()) + " (" + need.file() + ":" + need.line() + ")")
                .collect(Collectors.joining());
        return ring.get(0).fault(Need.show(ring.get(0).from()) + text);
    }

    private static Stream<Fault> upwards(Collection<Need> needs) {
        return needs.stream()
                .filter(need -> below(need.from())
                        .filter(allowed -> !allowed.contains(need.to()))
                        .isPresent())
                .map(need -> need.fault(need.from() + " needs " + Need.show(need.to()) + ", expected only "
                        + show(below(need.from()).orElseThrow())));
    }

    private static String show(Set<String> allowed) {
        return allowed.isEmpty() ? "the JDK" : String.join(", ", allowed);
    }

    /** What the package may need; empty: it is none of the layers, and may need what it likes. */
    private static Optional<Set<String>> below(String name) {
        int layer = LAYERS.indexOf(name);
        if (layer < 0) {
            return name.equals(COMMON)
                    ? Optional.of(Set.of())
                    : Optional.of(Set.of(COMMON)).filter(allowed -> name.equals(MEMORY));
        }
        Set<String> below = new TreeSet<>(LAYERS.subList(0, layer));
        below.add(COMMON);
        if (layer >= LAYERS.indexOf("epoll")) {
            below.add(MEMORY);
        }
        return Optional.of(below);
    }

    private Stream<Fault> strangers(Stage stage) {
        return repository.sources(stage.main()).stream()
                .filter(source -> source.packageName().equals(Need.ROOT))
                .flatMap(source -> source.types().stream()
                        .filter(type ->
                                !ROOT_CLASSES.contains(type.getSimpleName().toString()))
                        .map(type -> source.fault(
                                type, type.getSimpleName() + " is in the root package, expected Main and GServer")));
    }
}
