package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.common.Trace;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Listens to the trace and holds every thread that comes to one step, until the test opens the gate. */
public final class TraceGate implements AutoCloseable {
    private static final long PATIENCE_MILLIS = Long.getLong("gserver.patience-ms", 8_000);

    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** A gate at step {@code id}, where no thread may hold a lock that others need. */
    public TraceGate(String id) {
        Trace.listen(step -> {
            if (step.id().equals(id)) {
                arrived.release();
                awaitOpened();
            }
        });
    }

    private void awaitOpened() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a thread has come to the gate. */
    public void awaitArrival() throws InterruptedException {
        assertThat(arrived.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    public void open() {
        Trace.listen(null);
        opened.countDown();
    }

    @Override
    public void close() {
        open();
    }
}
