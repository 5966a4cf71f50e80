package dev.gserver.tools.check;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long the stages' classes and methods are; lines of comments and blank ones are not counted. */
record CodeLines(Repository repository) implements Check {
    private static final int MOST_OF_A_CLASS = 200;
    private static final int MOST_OF_A_METHOD = 25;

    @Override
    public List<Verdict> verdicts() {
        return List.of(
                verdict("class", MOST_OF_A_CLASS, CodeLines::classes),
                verdict("method", MOST_OF_A_METHOD, CodeLines::methods));
    }

    /** A piece of code that has a limit. */
    private record Piece(Tree tree, String name) {}

    private interface Pieces {
        List<Piece> of(JavaSource source);
    }

    private Verdict verdict(String kind, int most, Pieces pieces) {
        Stream<JavaSource> sources =
                repository.stages().stream().flatMap(stage -> repository.sources(stage.main()).stream());
        return Verdict.of(
                "no " + kind + " has more than " + most + " lines of code",
                sources.flatMap(source -> pieces.of(source).stream()
                        .filter(piece -> source.codeLines(piece.tree) > most)
                        .map(piece -> source.fault(
                                piece.tree,
                                piece.name + " has " + source.codeLines(piece.tree) + ", expected at most " + most))));
    }

    private static List<Piece> classes(JavaSource source) {
        return source.unit().getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(type -> new Piece(type, ((ClassTree) type).getSimpleName().toString()))
                .toList();
    }

    private static List<Piece> methods(JavaSource source) {
        List<Piece> pieces = new ArrayList<>();
        new TreeScanner<Void, String>() {
            @Override
            public Void visitClass(ClassTree tree, String outer) {
                String name = tree.getSimpleName().toString();
                tree.getMembers().stream()
                        .filter(BlockTree.class::isInstance)
                        .forEach(block -> pieces.add(new Piece(block, name + ": an initialiser")));
                return super.visitClass(tree, name);
            }

            @Override
            public Void visitMethod(MethodTree tree, String owner) {
                boolean constructor = tree.getName().contentEquals("<init>");
                if (tree.getBody() != null) {
                    String name = constructor ? "the constructor of " + owner : owner + "." + tree.getName();
                    pieces.add(new Piece(tree.getBody(), name));
                }
                return super.visitMethod(tree, owner);
            }
        }.scan(source.unit(), "");
        return pieces;
    }
}
