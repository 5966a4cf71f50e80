package dev.gserver.tools.common;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

    /** What is printed gets nowhere, so there is no sense in going on: exit code 1. The program says so at its end. */
    public static Refusal ofLostOutput() {
        return new Refusal(1, "");
    }

    /** A file cannot be dealt with: exit code 1. The reason is put in words, without the name, which stands before it. */
    public static Refusal ofFile(String whatFails, IOException cause) {
        String reason = cause.getMessage();
        if (cause instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (cause instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (cause instanceof FileAlreadyExistsException e) {
            reason = e.getFile() + " is in the way";
        } else if (cause instanceof FileSystemException e && e.getReason() != null) {
            reason = e.getReason();
        }
        return ofWork(whatFails + ": " + reason);
    }

    public int exitCode() {
        return exitCode;
    }
}
