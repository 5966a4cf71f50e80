package dev.gserver.tools.check;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.gserver.tools.common.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One Java file as javac parses it, and which of its lines have code on them. */
final class JavaSource {
    /** What is not code: blanks and comments; and, so that they are not taken for comments, literals. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|//[^\\n]*|/\\*.*?\\*/|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|.",
            Pattern.DOTALL);

    private final String name;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final String text;
    private final BitSet code = new BitSet(); // the characters of code

    private JavaSource(String name, CompilationUnitTree unit, SourcePositions positions) throws IOException {
        this.name = name;
        this.unit = unit;
        this.positions = positions;
        this.text = unit.getSourceFile().getCharContent(true).toString();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String found = token.group();
            if (!found.isBlank() && !found.startsWith("//") && !found.startsWith("/*")) {
                code.set(token.start(), token.end());
            }
        }
    }

    static JavaCompiler compiler() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw Refusal.ofWork("there is no Java compiler here: expected a JDK, got the JRE in "
                    + System.getProperty("java.home"));
        }
        return compiler;
    }

    /** Parses all Java below {@code folder}; what cannot be parsed is told where the stages are compiled. */
    static List<JavaSource> readAll(Repository repository, Path folder) {
        List<Path> paths = repository.files(folder).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
        DiagnosticCollector<JavaFileObject> ignored = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler().getStandardFileManager(ignored, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler()
                    .getTask(
                            null,
                            files,
                            ignored,
                            List.of("-proc:none"),
                            null,
                            files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<JavaSource> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                String name = repository.name(Path.of(unit.getSourceFile().toUri()));
                sources.add(new JavaSource(name, unit, positions));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types that do not lie in another one. */
    List<ClassTree> types() {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
    }

    /** All trees of that kind, in order. */
    <T extends Tree> List<T> all(Class<T> kind) {
        return all(kind, unit);
    }

    /** All trees of that kind in {@code tree}. */
    static <T extends Tree> List<T> all(Class<T> kind, Tree tree) {
        List<T> found = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree part, Void unused) {
                if (kind.isInstance(part)) {
                    found.add(kind.cast(part));
                }
                return super.scan(part, unused);
            }
        }.scan(tree, null);
        return found;
    }

    String packageName() {
        return String.valueOf(unit.getPackageName());
    }

    /** A fault at the place where {@code tree} begins. */
    Fault fault(Tree tree, String text) {
        return new Fault(name, line(tree), text);
    }

    int line(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    String name() {
        return name;
    }

    /** How many of the lines of {@code tree} have code on them. */
    int codeLines(Tree tree) {
        int start = (int) positions.getStartPosition(unit, tree);
        int end = (int) positions.getEndPosition(unit, tree);
        return (int) code.stream()
                .dropWhile(at -> at < start)
                .takeWhile(at -> at < end)
                .filter(at -> !Character.isWhitespace(text.charAt(at))) // in a literal of several lines
                .mapToLong(unit.getLineMap()::getLineNumber)
                .distinct()
                .count();
    }
}
