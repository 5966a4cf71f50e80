package dev.gserver.tools.exercise;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.gserver.tools.exercise.SourceFile.Member;
import dev.gserver.tools.exercise.SourceFile.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts the bodies out of one file of a stage that are new against the stage before it. Everything around them stays as it
 * is, comments included; so does what is given.
 */
final class Cutter {
    private final SourceFile source;
    private final SourceFile before; // null: the file is new
    private final boolean wired;
    private final Describer describer;
    private final Given given;
    private final List<Todo> todos = new ArrayList<>();
    private final Set<String> ready = new LinkedHashSet<>();

    /** A body that the learner writes: the method, such as Client.hasLeft, and what it has to do. */
    record Todo(String member, String what, boolean isPrivate) {
        String message() {
            return "TODO " + member + ": " + what;
        }

        /** The method's own name. */
        String method() {
            return member.substring(member.lastIndexOf('.') + 1);
        }
    }

    /**
     * A file with holes.
     *
     * @param todos the bodies that are missing, in the order of the file
     * @param given methods that are new and there ready
     */
    record Cut(String text, List<Todo> todos, Set<String> given) {}

    private Cutter(SourceFile before, SourceFile source, boolean wired, Describer describer, Given given) {
        this.source = source;
        this.before = before;
        this.wired = wired;
        this.describer = describer;
        this.given = given;
    }

    /**
     * @param before the same file in the stage before; null if it is new
     * @param wired whether the bodies that change are those of this stage; those of the one before if not
     */
    static Cut cut(SourceFile before, SourceFile source, boolean wired, Describer describer, Given given) {
        Cutter cutter = new Cutter(before, source, wired, describer, given);
        List<String> imports = new ArrayList<>(source.imports());
        if (before != null) {
            imports.addAll(before.imports());
        }
        String body = before == null
                ? cutter.fresh(source.type(), source.name())
                : cutter.merged(before.type(), source.type(), source.name());
        return new Cut(source.prologue() + SourceFile.imports(body, imports) + body, cutter.todos, cutter.ready);
    }

    /** Puts a type together again, from members of which some are left out. */
    private static final class Builder {
        private final Type type;
        private final StringBuilder out;
        private boolean gap; // a blank line stood before a member that was left out

        Builder(Type type) {
            this.type = type;
            this.out = new StringBuilder(type.header());
        }

        /** @param text what becomes of {@code member}; "" if it is left out */
        void add(Member member, String text) {
            gap |= member.text().startsWith("\n");
            if (!text.isEmpty()) {
                boolean first = out.length() == type.header().length();
                out.append(gap && !first ? "\n" : "").append(text.startsWith("\n") ? text.substring(1) : text);
                gap = false;
            }
        }

        String text() {
            return out + type.tail();
        }
    }

    private String fresh(Type type, String name) {
        Builder builder = new Builder(type);
        type.members().forEach(member -> builder.add(member, fresh(type, member, name)));
        return builder.text();
    }

    /** A member that is new. */
    private String fresh(Type owner, Member member, String name) {
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

    private String method(Type owner, Member member, MethodTree method, String name) {
        if (isGiven(owner, name, method)) {
            if (!member.body().isEmpty() && !Given.hasNothingToWrite(method)) {
                ready.add(Trees.name(method, owner.name()));
            }
            return member.text();
        }
        Todo todo = describer.describe(source, owner.tree(), name, method);
        todos.add(todo);
        return member.head() + Hole.in(member.head(), method, todo) + member.rest();
    }

    /** The constructor of a class that the stage before has too only gets more arguments: it is given. */
    private boolean isGiven(Type owner, String name, MethodTree method) {
        boolean gotArguments = before != null && owner == source.type() && Trees.isConstructor(method);
        return gotArguments || given.isMethod(source, owner.tree(), name, method);
    }

    /** The names in the bodies that are given, for the fields among them. */
    private Set<String> usedByGiven(Type owner, String name) {
        List<Tree> bodies = new ArrayList<>();
        for (Member member : owner.members()) {
            if (member.tree() instanceof MethodTree method
                    && method.getBody() != null
                    && isGiven(owner, name, method)) {
                bodies.add(method.getBody());
            }
        }
        return Trees.names(bodies);
    }

    /** Of the type in two stages: the older one's bodies where both have a method, holes for the methods that are new. */
    private String merged(Type then, Type now, String name) {
        Builder builder = new Builder(now);
        int next = 0;
        for (Member member : now.members()) {
            Member old = then.find(member.key());
            if (old != null) {
                int position = then.members().indexOf(old);
                addGone(builder, then, now, next, position);
                next = Math.max(next, position + 1);
            }
            builder.add(member, old == null ? added(now, member, name) : changed(now, old, member, name));
        }
        addGone(builder, then, now, next, then.members().size());
        return builder.text();
    }

    /** Members that the newer stage has no more: whoever wires the layer in takes them away. */
    private void addGone(Builder builder, Type then, Type now, int from, int to) {
        for (int i = from; i < to && !wired; i++) {
            Member member = then.members().get(i);
            if (now.find(member.key()) == null) {
                builder.add(member, member.text());
            }
        }
    }

    /** A private field that a given body uses is there, but the constructor of the stage before does not set it. */
    private String added(Type owner, Member now, String name) {
        if (now.tree() instanceof MethodTree method && owner.tree().getKind() == Tree.Kind.INTERFACE && !wired) {
            return withoutDuty(now.text(), method); // what implements it in the stage before does not have it
        }
        if (!(now.tree() instanceof VariableTree field) || !Trees.isPrivate(field)) {
            return fresh(owner, now, name);
        }
        boolean used = usedByGiven(owner, name).contains(field.getName().toString());
        String notFinal = field.getInitializer() == null ? now.text().replaceFirst("\\bfinal ", "") : now.text();
        return wired ? now.text() : used ? notFinal : "";
    }

    private static String withoutDuty(String text, MethodTree method) {
        return method.getBody() != null
                ? text
                : text.replaceFirst("\\bvoid " + method.getName() + "\\(", "default $0")
                        .replaceFirst(";(\\s*)$", " {}$1");
    }

    private String changed(Type owner, Member then, Member now, String name) {
        if (now.isLike(then)) {
            return now.text();
        }
        if (now.type() != null) {
            return merged(then.type(), now.type(), name + "." + now.type().name());
        }
        if (!(now.tree() instanceof MethodTree method)) {
            return wired ? now.text() : then.text();
        }
        if (!Trees.signature(method).equals(Trees.signature((MethodTree) then.tree()))) {
            return now.body().equals(then.body()) ? now.text() : fresh(owner, now, name);
        }
        return wired ? now.text() : now.head() + then.body() + then.rest();
    }
}
