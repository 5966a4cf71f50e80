package dev.gserver.tools.check;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Optional;
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
        return source.types().stream()
                .map(type -> new Piece(type, type.getSimpleName().toString()))
                .toList();
    }

    private static List<Piece> methods(JavaSource source) {
        return source.all(ClassTree.class).stream()
                .flatMap(owner -> owner.getMembers().stream()
                        .flatMap(member -> body(owner.getSimpleName().toString(), member).stream()))
                .toList();
    }

    private static Optional<Piece> body(String owner, Tree member) {
        if (member instanceof BlockTree) {
            return Optional.of(new Piece(member, owner + ": an initialiser"));
        }
        if (member instanceof MethodTree method && method.getBody() != null) {
            boolean constructor = method.getName().contentEquals("<init>");
            String name = constructor ? "the constructor of " + owner : owner + "." + method.getName();
            return Optional.of(new Piece(method.getBody(), name));
        }
        return Optional.empty();
    }
}
