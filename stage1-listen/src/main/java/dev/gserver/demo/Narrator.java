package dev.gserver.demo;

import dev.gserver.common.Trace;
import java.io.PrintStream;

/**
 * Prints what the client does and, between, the steps that the server takes. Any thread; its monitor guards its fields.
 */
final class Narrator implements AutoCloseable {
    private final PrintStream out;

    /** Listens to the trace until it is closed. */
    Narrator(PrintStream out) {
        this.out = out;
        Trace.listen(this::show);
    }

    /** Begins an act: says what is going to be done and what to look for. */
    synchronized void act(String text) {
        out.println();
        text.lines().forEach(line -> out.println("==> " + line));
    }

    /** Tells what the client saw. */
    synchronized void tell(String text) {
        out.println("    client: " + text);
    }

    private synchronized void show(Trace.Step step) {
        out.println("    " + step);
    }

    @Override
    public synchronized void close() {
        Trace.listen(null);
        out.println();
    }
}
