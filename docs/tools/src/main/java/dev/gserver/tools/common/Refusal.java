package dev.gserver.tools.common;

/** What somebody at the command line has to know, in one line: what, where, which value, what is expected. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something on the command line is wrong: exit code 2. */
    public static Refusal ofArguments(String message) {
        return new Refusal(2, message);
    }

    /** Something that was asked for cannot be done here: exit code 1. */
    public static Refusal ofWork(String message) {
        return new Refusal(1, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
