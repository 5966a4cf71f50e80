package dev.gserver.tools.learn;

import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.exercise.Body;
import dev.gserver.tools.exercise.Hole;
import dev.gserver.tools.learn.vm.Wire.Frame;
import dev.gserver.tools.learn.vm.Wire.Result;
import dev.gserver.tools.learn.vm.Wire.Thrown;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where in the learner's files something is. */
record Places(Map<String, String> texts) {
    private static final String TRACE = "dev.gserver.common.Trace";

    /** @param path from src/main/java on */
    record Place(String path, long line, String method) {}

    /**
     * Where a test failed, the innermost call first: in the learner's lines of its stack; where there are none, in those of
     * what the server that it asked has logged.
     */
    List<Place> of(Result failed) {
        return Stream.of(failed.thrown(), failed.logged())
                .filter(Objects::nonNull)
                .map(Thrown::frames)
                .map(this::all)
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The lines of a stack that are the learner's. */
    List<Place> all(List<Frame> frames) {
        return frames.stream()
                .filter(this::isLearners)
                .map(frame -> new Place(path(frame), frame.line(), name(frame)))
                .toList();
    }

    boolean isLearners(Frame frame) {
        return frame.line() > 0
                && texts.containsKey(path(frame))
                && !frame.className().startsWith(TRACE);
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
        String call = "Trace\\.step\\(\\s*\"" + Pattern.quote(id) + '"'; // a demo names steps too, and a comment
        Pattern line = Pattern.compile("(?m)^(?!\\s*//).*" + call);
        return texts.entrySet().stream()
                .flatMap(file ->
                        line.matcher(file.getValue()).results().map(found -> place(file.getKey(), found.start(), id)))
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
