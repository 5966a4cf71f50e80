package dev.gserver.tools.exercise;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Has the compiler parse source files. They are given to it as texts, whatever their line ends and folder names. */
final class SourceReader {
    private static final class Text extends SimpleJavaFileObject {
        private final String path;
        private final String text;

        Text(String path, String text) {
            super(URI.create("text:///" + path), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private SourceReader() {}

    /** The sources below {@code folder}, by path. */
    static Map<String, SourceFile> read(Path folder) throws IOException {
        List<Text> texts = new ArrayList<>();
        Folders.texts(folder).forEach((path, text) -> {
            if (path.endsWith(".java")) {
                texts.add(new Text(path, text));
            }
        });
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, texts);
        DocTrees trees = DocTrees.instance(task);
        Map<String, SourceFile> sources = new TreeMap<>();
        Iterator<Text> inOrder = texts.iterator(); // the compiler keeps it
        for (CompilationUnitTree unit : task.parse()) {
            Text text = inOrder.next();
            sources.put(text.path, new Splitter(unit, text.text, trees).split(text.path));
        }
        return sources;
    }
}
