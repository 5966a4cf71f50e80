package dev.gserver.tools.exercise;

/** Puts a type together again, from members of which some are left out. */
final class TypeBuilder {
    private final TypeText type;
    private final StringBuilder out;
    private boolean gap; // a blank line stood before a member that was left out

    TypeBuilder(TypeText type) {
        this.type = type;
        this.out = new StringBuilder(type.header());
    }

    /** @param text what becomes of {@code member}; "" if it is left out */
    void add(Member member, String text) {
        gap |= member.text().startsWith("\n");
        if (text.isEmpty()) {
            return;
        }
        boolean first = out.length() == type.header().length();
        out.append(gap && !first ? "\n" : "").append(text.startsWith("\n") ? text.substring(1) : text);
        gap = false;
    }

    String text() {
        return out + type.tail();
    }
}
