package dev.gserver.demo;

import dev.gserver.common.Trace;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints what the client does and, between, the steps that the server takes. Any thread; its monitor guards its fields.
 */
final class Narrator implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 8_000;

    private final PrintStream out;
    private final Map<String, Integer> seen = new HashMap<>(); // by step id, since the act began
    private List<String> shown = List.of();
    private boolean allLayers;

    /** Listens to the trace until it is closed. */
    Narrator(PrintStream out) {
        this.out = out;
        Trace.listen(this::show);
    }

    /** Overrules what a scene shows only. */
    synchronized void showAll(boolean all) {
        allLayers = all;
    }

    /** From here on prints only the steps whose ids begin with one of {@code prefixes}; none: all steps. */
    synchronized void showOnly(String... prefixes) {
        shown = allLayers ? List.of() : List.of(prefixes);
    }

    /** Begins an act: says what is going to be done and what to look for. */
    synchronized void act(String text) {
        seen.clear();
        out.println();
        text.lines().forEach(line -> out.println("==> " + line));
    }

    /** Tells what the client saw. */
    synchronized void tell(String text) {
        out.println("    client: " + text);
    }

    private synchronized void show(Trace.Step step) {
        seen.merge(step.id(), 1, Integer::sum);
        notifyAll();
        if (!shown.isEmpty() && shown.stream().noneMatch(step.id()::startsWith)) {
            return;
        }
        out.println("    " + step);
    }

    /** Waits until step {@code id} has happened {@code times} times since the act began. */
    synchronized void awaitStep(String id, int times) throws InterruptedException {
        long start = System.nanoTime();
        while (seen.getOrDefault(id, 0) < times) {
            long left = PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("step " + id + " should have happened by now, " + times + " times");
            }
            wait(left);
        }
    }

    @Override
    public synchronized void close() {
        Trace.listen(null);
        out.println();
    }
}
