package dev.gserver.tools.exercise;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the bodies out of one file of a stage that are new against the stage before it. Everything around them stays as it
 * is, comments included; so does what is given.
 */
final class Cutter {
    private final SourceFile source;
    private final Describer describer;
    private final Given given;
    private final boolean isNew;
    private final List<Todo> todos = new ArrayList<>();
    private final Set<String> ready = new LinkedHashSet<>();

    private Cutter(SourceFile source, Describer describer, Given given, boolean isNew) {
        this.source = source;
        this.describer = describer;
        this.given = given;
        this.isNew = isNew;
    }

    /** A file that is new. */
    static Cut fresh(SourceFile source, Describer describer, Given given) {
        Cutter cutter = new Cutter(source, describer, given, true);
        return cutter.cut(cutter.fresh(source.type(), source.name()), source.imports());
    }

    /**
     * A file that the stage before has too.
     *
     * @param wired whether the bodies that change are those of this stage; those of the one before if not
     */
    static Cut merged(SourceFile before, SourceFile source, boolean wired, Describer describer, Given given) {
        Cutter cutter = new Cutter(source, describer, given, false);
        List<String> imports = new ArrayList<>(source.imports());
        imports.addAll(before.imports());
        return cutter.cut(new Merge(cutter, wired).type(before.type(), source.type(), source.name()), imports);
    }

    private Cut cut(String body, List<String> imports) {
        return new Cut(source.prologue() + Imports.of(body, imports) + body, todos, ready);
    }

    private String fresh(TypeText type, String name) {
        TypeBuilder builder = new TypeBuilder(type);
        type.members().forEach(member -> builder.add(member, fresh(type, member, name)));
        return builder.text();
    }

    /** A member that is new. */
    String fresh(TypeText owner, Member member, String name) {
        if (member.type() != null) {
            return fresh(member.type(), name + "." + member.type().name());
        }
        if (member.tree() instanceof VariableTree field) {
            return Given.isField(field, usedByGiven(owner, name)) ? member.text() : "";
        }
        if (member.tree() instanceof BlockTree block) {
            return block.isStatic() ? member.text() : "";
        }
        return member.tree() instanceof MethodTree method ? method(owner, member, method, name) : member.text();
    }

    private String method(TypeText owner, Member member, MethodTree method, String name) {
        if (isGiven(owner, name, method)) {
            if (!member.body().isEmpty() && !Given.hasNothingToWrite(method)) {
                ready.add(
                        Trees.isConstructor(method)
                                ? owner.name()
                                : method.getName().toString());
            }
            return member.text();
        }
        Todo todo = describer.describe(source, owner.tree(), name, method);
        todos.add(todo);
        return member.head() + Hole.in(member.head(), method, todo) + member.rest();
    }

    /** The constructor of a class that the stage before has too only gets more arguments: it is given. */
    private boolean isGiven(TypeText owner, String name, MethodTree method) {
        boolean gotArguments = !isNew && owner == source.type() && Trees.isConstructor(method);
        return gotArguments || given.isMethod(source, owner.tree(), name, method);
    }

    /** The names in the bodies that are given, for the fields among them. */
    Set<String> usedByGiven(TypeText owner, String name) {
        List<Tree> bodies = new ArrayList<>();
        for (Member member : owner.members()) {
            if (member.tree() instanceof MethodTree method
                    && method.getBody() != null
                    && isGiven(owner, name, method)) {
                bodies.add(method.getBody());
            }
        }
        return new HashSet<>(Trees.names(bodies));
    }
}
