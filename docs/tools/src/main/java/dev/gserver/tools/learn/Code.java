package dev.gserver.tools.learn;

import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.JavaSource.Parsed;
import dev.gserver.tools.common.JavaSource.Text;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.exercise.Body;
import dev.gserver.tools.learn.vm.Heard;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;

/** Compiles in this process. */
public final class Code {
    private static final String TRACE = "dev/gserver/common/Trace.java";

    private Code() {}

    /** What the compiler has against a file, with symbol and place in more lines. */
    public record Problem(String path, long line, String message) {}

    /**
     * Compiles {@code texts} into {@code classes}, which is there; returns the compiler's errors.
     *
     * @param texts by path, with slashes
     */
    static List<Problem> compile(Map<String, String> texts, List<Path> classPath, Path classes) {
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        List<String> options =
                List.of("-g", "-proc:none", "-nowarn", "-implicit:none", "-cp", path, "-d", classes.toString());
        JavaSource.compiler()
                .getTask(null, null, messages, options, null, Text.of(texts))
                .call();
        return messages.getDiagnostics().stream()
                .filter(Code::isError)
                .map(Code::problem)
                .toList();
    }

    /** Makes a folder for classes, or empties it. */
    static void empty(Path classes) {
        try {
            Folders.delete(classes);
            Files.createDirectories(classes);
        } catch (IOException e) {
            throw Refusal.ofFile(classes + " cannot be written", e);
        }
    }

    private static boolean isError(Diagnostic<?> message) {
        return message.getKind() == Diagnostic.Kind.ERROR;
    }

    private static Problem problem(Diagnostic<? extends JavaFileObject> message) {
        String path = message.getSource() instanceof Text text ? text.path() : "";
        return new Problem(path, message.getLineNumber(), message.getMessage(Locale.ROOT));
    }

    /**
     * The same code, line by line, but each step of the trace and each call of one of {@code bodies} is heard too. What
     * javac cannot parse stays as it is.
     */
    static Map<String, String> heard(Map<String, String> texts, Collection<String> bodies) {
        Map<String, String> wanted = new TreeMap<>(texts);
        wanted.keySet()
                .removeIf(path -> !path.equals(TRACE)
                        && bodies.stream()
                                .noneMatch(body -> path.endsWith("/" + body.replaceFirst("\\..*", "") + ".java")));
        Parsed parsed = JavaSource.parse(wanted);
        Map<String, String> result = new TreeMap<>(texts);
        if (parsed.messages().getDiagnostics().stream().noneMatch(Code::isError)) {
            parsed.sources().forEach(source -> result.put(source.path(), heard(source, bodies)));
        }
        return result;
    }

    /** Which of {@code bodies} differ, by name, and the files that differ around them, by path. */
    static Set<String> changed(Map<String, String> before, Map<String, String> now, Collection<String> bodies) {
        Map<String, String> partsBefore = parts(without(before, now), bodies);
        Map<String, String> partsNow = parts(without(now, before), bodies);
        Set<String> changed = new HashSet<>(partsBefore.keySet());
        changed.addAll(partsNow.keySet());
        changed.removeIf(part -> Objects.equals(partsBefore.get(part), partsNow.get(part)));
        return changed;
    }

    private static Map<String, String> without(Map<String, String> texts, Map<String, String> same) {
        Map<String, String> others = new TreeMap<>(texts);
        others.entrySet().removeAll(same.entrySet());
        return others;
    }

    /** The bodies of these names, by name, and what is around them in each file, by path. */
    private static Map<String, String> parts(Map<String, String> texts, Collection<String> bodies) {
        Map<String, String> parts = new TreeMap<>(texts);
        for (JavaSource source : JavaSource.parse(texts).sources()) {
            StringBuilder around = new StringBuilder(source.text());
            List<Body> all = new ArrayList<>(Body.all(List.of(source)));
            Collections.reverse(all); // what is taken out moves only what was done before
            for (Body body : all) {
                if (bodies.contains(body.name())) {
                    parts.merge(body.name(), body.text(), String::concat);
                    around.delete(body.afterStart(), body.end());
                }
            }
            parts.put(source.path(), around.toString());
        }
        return parts;
    }

    private static String heard(JavaSource source, Collection<String> bodies) {
        StringBuilder out = new StringBuilder(source.text());
        List<Body> all = new ArrayList<>(Body.all(List.of(source)));
        Collections.reverse(all); // what is put in moves only what was done before
        for (Body body : all) {
            if (source.path().equals(TRACE) && body.name().equals("Trace.step")) {
                out.insert(
                        body.afterStart(),
                        " " + Heard.class.getName() + ".step("
                                + body.method().getParameters().get(0).getName() + ");");
            } else if (bodies.contains(body.name())) {
                out.insert(body.afterStart(), " " + Heard.class.getName() + ".body(\"" + body.name() + "\");");
            }
        }
        return out.toString();
    }
}
