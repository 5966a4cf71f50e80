package dev.gserver.races;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Has the signal of a jcstress test wait until the loop of its actor is compiled, however busy the machine is. A loop that
 * has seen the change before would be compiled another way: what comes after the change may have it read again.
 */
public final class Looking {
    private static final long COMPILED_NANOS = TimeUnit.MILLISECONDS.toNanos(500); // of a processor, used by the loop

    private final CompletableFuture<Thread> looking = new CompletableFuture<>();

    /** Says that {@code thread} is about to look, or looks. */
    public void begins(Thread thread) {
        looking.complete(thread);
    }

    /** Waits until it has looked for long enough, or has ended. */
    public void awaitCompiled() throws InterruptedException {
        Thread thread = looking.join();
        while (thread.isAlive()
                && ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) < COMPILED_NANOS) {
            thread.join(10);
        }
    }
}
