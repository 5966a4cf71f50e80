package dev.gserver.tools.common;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java file as javac parses it.
 *
 * @param path from the folder that was read, with slashes
 */
public record JavaSource(String path, String text, CompilationUnitTree unit, DocTrees trees) {
    private static final Pattern LITERAL_OR_COMMENT = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);

    /** A call of Trace.step; {@code what} is the last of its texts, which tells calls with the same id apart. */
    public record StepCall(String id, String what, int line, int lastLine) {}

    /** Java files that were parsed together, and what javac has to say of them. */
    public record Parsed(List<JavaSource> sources, JavacTask task, DiagnosticCollector<JavaFileObject> messages) {}

    /** A file given to javac as text, whatever its line ends and folder names. */
    public static final class Text extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Text(String path, String text) {
            super(URI.create("text:///" + path), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        /** Those of the Java files among {@code texts}, which have their paths as keys. */
        public static List<Text> of(Map<String, String> texts) {
            return texts.entrySet().stream()
                    .filter(file -> file.getKey().endsWith(".java"))
                    .map(file -> new Text(file.getKey(), file.getValue()))
                    .toList();
        }

        public String path() {
            return path;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** The Java files among {@code texts}, which have their paths as keys. */
    public static Parsed parse(Map<String, String> texts) {
        DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
        List<Text> files = Text.of(texts);
        JavacTask task = (JavacTask) compiler().getTask(null, null, messages, List.of("-proc:none"), null, files);
        DocTrees trees = DocTrees.instance(task);
        List<JavaSource> sources = new ArrayList<>();
        try {
            Iterator<Text> file = files.iterator(); // the compiler keeps the order
            for (CompilationUnitTree unit : files.isEmpty() ? List.<CompilationUnitTree>of() : task.parse()) {
                Text read = file.next();
                sources.add(new JavaSource(read.path, read.text, unit, trees));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Parsed(sources, task, messages);
    }

    /** The one of the JDK that runs this program. */
    public static JavaCompiler compiler() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw Refusal.ofWork("there is no Java compiler here: expected a JDK, got the JRE in "
                    + System.getProperty("java.home"));
        }
        return compiler;
    }

    /** Whether {@code word} is in the code, and not in texts and comments alone. */
    public boolean mentions(String word) {
        String withoutTexts = LITERAL_OR_COMMENT.matcher(text).replaceAll(" ");
        return Pattern.compile("\\b" + word + "\\b").matcher(withoutTexts).find();
    }

    /** The types that do not lie in another one. */
    public List<ClassTree> types() {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .toList();
    }

    /** The file's own name without .java. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
    }

    public <T extends Tree> List<T> all(Class<T> kind) {
        return all(kind, unit);
    }

    /** All trees of that kind in {@code tree}, in order. */
    public static <T extends Tree> List<T> all(Class<T> kind, Tree tree) {
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

    public int start(Tree tree) {
        return (int) trees.getSourcePositions().getStartPosition(unit, tree);
    }

    public int end(Tree tree) {
        return (int) trees.getSourcePositions().getEndPosition(unit, tree);
    }

    public int line(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(start(tree));
    }

    public int lastLine(Tree tree) {
        return (int) unit.getLineMap().getLineNumber(end(tree));
    }

    /** How many of the lines of {@code tree} have code on them. */
    public int codeLines(Tree tree) {
        return (int) LITERAL_OR_COMMENT
                .matcher(text.substring(start(tree), end(tree)))
                .replaceAll(part -> part.group().startsWith("/") ? part.group().replaceAll("[^\\n]", "") : "x")
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }

    /** The texts in {@code tree}, put together. */
    public static String textIn(Tree tree) {
        return all(LiteralTree.class, tree).stream()
                .map(literal -> String.valueOf(literal.getValue()))
                .collect(Collectors.joining());
    }

    /** The calls of Trace.step in {@code tree}, a part of this file. */
    public List<StepCall> steps(Tree tree) {
        List<StepCall> calls = new ArrayList<>();
        for (MethodInvocationTree call : all(MethodInvocationTree.class, tree)) {
            if (call.getMethodSelect().toString().equals("Trace.step")) {
                List<String> texts = all(LiteralTree.class, call).stream()
                        .filter(literal -> literal.getKind() == Tree.Kind.STRING_LITERAL)
                        .map(literal -> literal.getValue().toString())
                        .toList();
                String what = texts.isEmpty() ? "" : texts.get(texts.size() - 1);
                calls.add(new StepCall(textIn(call.getArguments().get(0)), what, line(call), lastLine(call)));
            }
        }
        return calls;
    }

    /** The first sentence of the comment on {@code tree}, without its period; "" if it has none. */
    public String firstSentence(Tree tree) {
        var comment = trees.getDocCommentTree(TreePath.getPath(unit, tree));
        if (comment == null) {
            return "";
        }
        String sentence =
                comment.getFirstSentence().stream().map(JavaSource::plain).collect(Collectors.joining());
        return sentence.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }

    private static String plain(DocTree part) {
        if (part instanceof com.sun.source.doctree.LiteralTree literal) {
            return literal.getBody().getBody();
        }
        if (part instanceof LinkTree link) {
            return link.getReference().getSignature().replaceFirst("^#", "").replace('#', '.');
        }
        return part instanceof EntityTree entity && entity.getName().contentEquals("nbsp") ? " " : part.toString();
    }
}
