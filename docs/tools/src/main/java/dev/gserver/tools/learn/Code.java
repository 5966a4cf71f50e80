package dev.gserver.tools.learn;

import com.sun.source.tree.MethodTree;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.JavaSource;
import dev.gserver.tools.common.JavaSource.Text;
import dev.gserver.tools.common.Refusal;
import dev.gserver.tools.learn.vm.Heard;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
     * Compiles {@code texts} into {@code classes}, which is emptied first; returns the compiler's errors.
     *
     * @param texts by path, with slashes
     */
    static List<Problem> compile(Map<String, String> texts, List<Path> classPath, Path classes) {
        try {
            Folders.delete(classes);
            Files.createDirectories(classes);
        } catch (IOException e) {
            throw Refusal.ofFile(classes + " cannot be written", e);
        }
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        List<String> options =
                List.of("-g", "-proc:none", "-nowarn", "-implicit:none", "-cp", path, "-d", classes.toString());
        JavaSource.compiler()
                .getTask(null, null, messages, options, null, Text.of(texts))
                .call();
        return messages.getDiagnostics().stream()
                .filter(message -> message.getKind() == Diagnostic.Kind.ERROR)
                .map(Code::problem)
                .toList();
    }

    private static Problem problem(Diagnostic<? extends JavaFileObject> message) {
        String path = message.getSource() instanceof Text text ? text.path() : "";
        return new Problem(path, message.getLineNumber(), message.getMessage(Locale.ROOT));
    }

    /** The same code, but each step of the trace is heard too, whoever listens to it. */
    static Map<String, String> heard(Map<String, String> texts) {
        Map<String, String> result = new TreeMap<>(texts);
        result.computeIfPresent(
                TRACE,
                (path, text) ->
                        heard(JavaSource.parse(Map.of(path, text)).sources().get(0)));
        return result;
    }

    private static String heard(JavaSource trace) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (MethodTree method : trace.all(MethodTree.class)) {
            if (method.getName().contentEquals("step") && method.getBody() != null) {
                int start = trace.start(method.getBody()) + 1;
                String id = method.getParameters().get(0).getName().toString();
                out.append(trace.text(), done, start);
                out.append(" ")
                        .append(Heard.class.getName())
                        .append(".step(")
                        .append(id)
                        .append(");");
                done = start;
            }
        }
        return out + trace.text().substring(done);
    }
}
