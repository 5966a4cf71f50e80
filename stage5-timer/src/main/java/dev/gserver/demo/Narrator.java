package dev.gserver.demo;

import dev.gserver.common.Trace;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Prints what the client does and, between, the steps that the server takes. Any thread; its monitor guards its fields.
 */
final class Narrator implements AutoCloseable {
    private static final int MOST_LINES_ALIKE = 4;
    private static final int MOST_LINES_ALIKE_IN_ALL_LAYERS = 10; // those of each connection for itself
    private static final Pattern NUMBERS = Pattern.compile("[0-9]"); // in which lines of one kind may differ
    private static final Pattern LAST_NUMBER = Pattern.compile("[0-9]+$"); // the same, of one connection
    private static final long PATIENCE_MILLIS = 8_000;

    private final PrintStream out;
    private final Map<String, Integer> seen = new HashMap<>(); // by step id, since the act began
    private final Map<String, Integer> seenAlike = new HashMap<>(); // by kind of line
    private List<String> shown = List.of();
    private boolean allLayers;
    private int hidden;

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
        sayWhatWasHidden();
        seen.clear();
        seenAlike.clear();
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
        String kind = step.id()
                + (allLayers ? LAST_NUMBER : NUMBERS).matcher(step.what()).replaceAll("");
        int most = allLayers ? MOST_LINES_ALIKE_IN_ALL_LAYERS : MOST_LINES_ALIKE;
        if (seenAlike.merge(kind, 1, Integer::sum) <= most) {
            out.println("    " + step);
        } else {
            hidden++;
        }
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

    synchronized boolean hasSeen(String id) {
        return seen.containsKey(id);
    }

    private void sayWhatWasHidden() {
        if (hidden > 0) {
            out.println("    (and " + hidden + " more steps like these, not shown)");
        }
        hidden = 0;
    }

    @Override
    public synchronized void close() {
        Trace.listen(null);
        sayWhatWasHidden();
        out.println();
    }
}
