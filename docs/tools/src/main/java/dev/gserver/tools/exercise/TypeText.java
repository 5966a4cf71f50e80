package dev.gserver.tools.exercise;

import com.sun.source.tree.ClassTree;
import java.util.List;
import java.util.stream.Collectors;

/** A type: the text up to its first member, its members, and the text after the last. */
record TypeText(ClassTree tree, String header, List<Member> members, String tail) {
    String text() {
        return header + members.stream().map(Member::text).collect(Collectors.joining()) + tail;
    }

    String name() {
        return tree.getSimpleName().toString();
    }

    /** The member with that key; null if there is none. */
    Member find(String key) {
        return members.stream()
                .filter(member -> member.key().equals(key))
                .findFirst()
                .orElse(null);
    }
}
