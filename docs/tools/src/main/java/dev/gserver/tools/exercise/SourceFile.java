package dev.gserver.tools.exercise;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A source file that declares one type.
 *
 * @param path from src/main/java on, with slashes
 * @param prologue the text up to the imports
 */
record SourceFile(String path, String text, String prologue, TypeText type, CompilationUnitTree unit, DocTrees trees) {
    String name() {
        return type.name();
    }

    List<String> imports() {
        return unit.getImports().stream().map(SourceFile::line).toList();
    }

    private static String line(ImportTree tree) {
        return "import " + (tree.isStatic() ? "static " : "") + tree.getQualifiedIdentifier() + ";";
    }

    /** The first sentence of the comment on {@code tree}, a part of this file, without its period; "" if it has none. */
    String firstSentence(Tree tree) {
        DocCommentTree comment = trees.getDocCommentTree(TreePath.getPath(unit, tree));
        if (comment == null) {
            return "";
        }
        String text = comment.getFirstSentence().stream().map(SourceFile::plain).collect(Collectors.joining());
        return text.replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }

    private static String plain(DocTree part) {
        if (part instanceof LiteralTree code) {
            return code.getBody().getBody();
        }
        if (part instanceof LinkTree link) {
            return link.getReference().getSignature().replaceFirst("^#", "").replace('#', '.');
        }
        return part instanceof EntityTree entity && entity.getName().contentEquals("nbsp") ? " " : part.toString();
    }
}
