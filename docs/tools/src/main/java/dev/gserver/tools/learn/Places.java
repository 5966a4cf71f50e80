package dev.gserver.tools.learn;

import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.exercise.Body;
import dev.gserver.tools.exercise.Hole;
import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where in the learner's files something is. */
record Places(Map<String, String> texts) {
    private static final String TRACE = "dev.gserver.common.Trace";

    /** @param path from src/main/java on */
    record Place(String path, long line, String method) {}

    /** The innermost line of a stack that is the learner's; one in {@code bodies}, which the learner writes, if there is. */
    private Optional<Place> of(Thrown thrown, Collection<String> bodies) {
        return thrown == null
                ? Optional.empty()
                : first(thrown.frames(), frame -> bodies.contains(name(frame)))
                        .or(() -> first(thrown.frames(), frame -> true));
    }

    /** Where a test failed; if only the test's own lines were in the way, where the server failed that it asked. */
    Optional<Place> of(Result failed, Collection<String> bodies) {
        return of(failed.thrown(), bodies).or(() -> of(failed.logged(), bodies));
    }

    Optional<Place> first(List<Frame> frames, Predicate<Frame> wanted) {
        return frames.stream()
                .filter(this::isLearners)
                .filter(wanted)
                .map(frame -> new Place(path(frame), frame.line(), name(frame)))
                .findFirst();
    }

    boolean isLearners(Frame frame) {
        return texts.containsKey(path(frame)) && !frame.className().startsWith(TRACE);
    }

    private static String path(Frame frame) {
        return frame.className().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
    }

    /** As bodies are named: a lambda belongs to the method that it stands in. */
    private static String name(Frame frame) {
        String type = frame.className()
                .replaceFirst(".*\\.", "")
                .replaceAll("\\$\\d+\\b", "")
                .replace('$', '.');
        String method = frame.method().replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1");
        boolean isConstructor = method.equals("<init>") || method.equals("new");
        return type + "." + (isConstructor ? type.replaceFirst(".*\\.", "") : method);
    }

    /** Where the hole for a body is; where the body is if it is written; nothing if it is gone. */
    Optional<Place> of(String body) {
        String file = "/" + body.replaceFirst("\\..*", "") + ".java";
        return texts.entrySet().stream()
                .filter(each -> each.getKey().endsWith(file))
                .flatMap(each -> Stream.concat(hole(each.getKey(), body), written(each.getKey(), body)))
                .findFirst();
    }

    /** Where a step of the notes is reported, or is to be. */
    Optional<Place> ofStep(String id) {
        return texts.entrySet().stream()
                .filter(file -> !id.isEmpty() && file.getValue().contains('"' + id + '"'))
                .map(file -> place(file.getKey(), file.getValue().indexOf('"' + id + '"'), id))
                .findFirst();
    }

    private Place place(String path, int position, String name) {
        return new Place(
                path, texts.get(path).substring(0, position + 1).lines().count(), name);
    }

    private Stream<Place> hole(String path, String body) {
        int position = Hole.find(texts.get(path), body);
        return position < 0 ? Stream.of() : Stream.of(place(path, position, body));
    }

    private Stream<Place> written(String path, String body) {
        return bodies(path).filter(each -> each.name().equals(body)).map(each -> new Place(path, each.line(), body));
    }

    /** The learner's own bodies in a file. */
    private Stream<Body> bodies(String path) {
        return Body.in(JavaSource.parse(Map.of(path, texts.get(path))).sources()).stream();
    }

    /** The text of the learner's body; that of all where it is overloaded. */
    String text(String body) {
        return of(body).stream()
                .flatMap(place -> bodies(place.path()))
                .filter(each -> each.name().equals(body))
                .map(Body::text)
                .reduce("", (all, one) -> all + one + "\n");
    }
}
