package dev.gserver;

import dev.gserver.common.Trace;
import java.util.ArrayList;
import java.util.List;

/** Listens to the trace and keeps the steps. Any thread; its monitor guards its fields. */
public final class TraceRecorder implements AutoCloseable {
    private static final long PATIENCE_MILLIS = Long.getLong("gserver.patience-ms", 8_000);

    private final List<Trace.Step> steps = new ArrayList<>();

    public TraceRecorder() {
        Trace.listen(this::add);
    }

    private synchronized void add(Trace.Step step) {
        steps.add(step);
        notifyAll();
    }

    /** The ids of all steps so far that begin with {@code prefix}, in the order in which they happened. */
    public synchronized List<String> ids(String prefix) {
        return steps.stream()
                .map(Trace.Step::id)
                .filter(id -> id.startsWith(prefix))
                .toList();
    }

    /** All steps so far with this id. */
    public synchronized List<Trace.Step> steps(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).toList();
    }

    /** Waits until step {@code id} has happened {@code times} times. */
    public synchronized void await(String id, int times) throws InterruptedException {
        long start = System.nanoTime();
        while (steps(id).size() < times) {
            long left = PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("step " + id + " happened " + steps(id).size() + " times, not " + times);
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        Trace.listen(null);
    }
}
