package dev.gserver.tools.probe;

/** A server did not do what it has to do. The message says so in words; the bytes follow it. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    /** What it did instead. */
    enum Kind {
        DIFFERENT,
        SILENT, // nothing came of what was waited for
        GONE // nobody can connect any more
    }

    private final Kind kind;
    private final String bytes;
    private final String step;

    /** @param bytes what went both ways; empty if that says nothing */
    Wrong(Kind kind, String message, String bytes) {
        this(kind, message, bytes, "");
    }

    private Wrong(Kind kind, String message, String bytes, String step) {
        super(message);
        this.kind = kind;
        this.bytes = bytes;
        this.step = step;
    }

    static Wrong of(String message) {
        return new Wrong(Kind.DIFFERENT, message, "");
    }

    /** The same with more behind its message. */
    Wrong with(String more) {
        return new Wrong(kind, getMessage() + more, bytes, step);
    }

    /** The same with another step of the notes in question than the check's. */
    Wrong at(String newStep) {
        return new Wrong(kind, getMessage(), bytes, newStep);
    }

    /** The step of the notes that is in question; empty for the check's. */
    String step() {
        return step;
    }

    /** Of what was sent and received, a line for each field of a packet. */
    String bytes() {
        return bytes;
    }

    Kind kind() {
        return kind;
    }
}
