package dev.gserver.tools.exercise;

import com.sun.source.tree.Tree;

/**
 * A member of a type with all the text that is its own, from the end of the member before it on. A method's text is cut in
 * three, so that its body can go; another member's is all in {@code head}; a nested type's is in {@code type}.
 */
record Member(String key, Tree tree, String head, String body, String rest, TypeText type) {
    String text() {
        return type == null ? head + body + rest : type.text();
    }

    boolean isLike(Member other) {
        return text().strip().equals(other.text().strip());
    }
}
