package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits, not for ever, for what other threads bring about. */
public final class Await {
    private static final long PATIENCE_NANOS =
            TimeUnit.MILLISECONDS.toNanos(Long.getLong("gserver.patience-ms", 8_000));
    private static final long MOST_A_TRY = TimeUnit.MILLISECONDS.toNanos(100); // more: nobody has had the processor

    private Await() {}

    /** Waits for {@code what}, until {@code done} says that it is there. */
    public static void until(String what, Callable<Boolean> done) throws Exception {
        long waited = 0;
        for (long last = System.nanoTime(); !done.call(); ) {
            long now = System.nanoTime();
            waited += Math.min(now - last, MOST_A_TRY);
            last = now;
            if (waited >= PATIENCE_NANOS) {
                fail("waited in vain for %s", what);
            }
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            Thread.yield();
        }
    }
}
