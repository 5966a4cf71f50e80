package dev.gserver.tools.exercise;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;

/**
 * Makes one type out of that of two stages: the older one's bodies where both have a method, holes for the methods that are
 * new.
 */
final class Merge {
    private final Cutter cutter;
    private final boolean wired; // the newer one's bodies and fields where both have the member

    Merge(Cutter cutter, boolean wired) {
        this.cutter = cutter;
        this.wired = wired;
    }

    String type(TypeText before, TypeText after, String name) {
        TypeBuilder builder = new TypeBuilder(after);
        int next = 0;
        for (Member now : after.members()) {
            Member then = before.find(now.key());
            if (then != null) {
                int position = before.members().indexOf(then);
                addGone(builder, before, after, next, position);
                next = Math.max(next, position + 1);
            }
            builder.add(now, then == null ? added(after, now, name) : changed(after, then, now, name));
        }
        addGone(builder, before, after, next, before.members().size());
        return builder.text();
    }

    /** Members that the newer stage has no more: whoever wires the layer in takes them away. */
    private void addGone(TypeBuilder builder, TypeText before, TypeText after, int from, int to) {
        for (int i = from; i < to && !wired; i++) {
            Member member = before.members().get(i);
            if (after.find(member.key()) == null) {
                builder.add(member, member.text());
            }
        }
    }

    private String added(TypeText owner, Member now, String name) {
        if (now.tree() instanceof VariableTree field && Trees.isPrivate(field)) {
            boolean used =
                    cutter.usedByGiven(owner, name).contains(field.getName().toString());
            return wired ? now.text() : used ? notFinal(field, now.text()) : "";
        }
        return cutter.fresh(owner, now, name);
    }

    /** The constructor of the stage before does not set it. */
    private static String notFinal(VariableTree field, String text) {
        return field.getInitializer() == null ? text.replaceFirst("\\bfinal ", "") : text;
    }

    private String changed(TypeText owner, Member then, Member now, String name) {
        if (now.isLike(then)) {
            return now.text();
        }
        if (now.type() != null) {
            return type(then.type(), now.type(), name + "." + now.type().name());
        }
        if (!(now.tree() instanceof MethodTree method)) {
            return wired ? now.text() : then.text();
        }
        if (!Trees.signature(method).equals(Trees.signature((MethodTree) then.tree()))) {
            return now.body().equals(then.body()) ? now.text() : cutter.fresh(owner, now, name);
        }
        return wired ? now.text() : now.head() + then.body() + then.rest();
    }
}
