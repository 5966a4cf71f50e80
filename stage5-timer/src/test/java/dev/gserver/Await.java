package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits, not for ever, for what other threads bring about. */
public final class Await {
    private static final long PATIENCE_NANOS =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("gserver.patience-ms", 8_000));

    private Await() {}

    /** Waits for {@code what}, until {@code done} says that it is there. */
    public static void until(String what, Callable<Boolean> done) throws Exception {
        long start = System.nanoTime();
        while (!done.call()) {
            assertThat(System.nanoTime() - start).as("waited for %s", what).isLessThan(PATIENCE_NANOS);
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            Thread.yield();
        }
    }
}
