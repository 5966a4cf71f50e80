package dev.gserver.tools.exercise;

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
