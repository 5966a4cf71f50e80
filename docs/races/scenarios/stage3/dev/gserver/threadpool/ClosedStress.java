package dev.gserver.threadpool;

import dev.gserver.races.Looking;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/**
 * Reads the field itself, as often as it can: a worker reads it once for each message of a batch, and before that
 * the trace's listener, which is volatile. So the worker's own loop shows nothing.
 */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "the worker sees that the pool is closed")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "the worker never sees that the pool is closed")
@State
public class ClosedStress {
    private final Looking looking = new Looking();
    private static final MethodHandle CLOSED = getter();
    private final ReceiveQueue queue = new ReceiveQueue(1);
    private final ThreadPool pool = new ThreadPool(1, queue, null, null);

    private static MethodHandle getter() {
        try {
            return MethodHandles.privateLookupIn(ThreadPool.class, MethodHandles.lookup())
                    .findGetter(ThreadPool.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Actor
    public void worker() {
        looking.begins(Thread.currentThread());
        while (!isClosed()) {
            // looks again
        }
    }

    private boolean isClosed() {
        try {
            return (boolean) CLOSED.invokeExact(pool);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Signal
    public void another() throws InterruptedException {
        looking.awaitCompiled();
        pool.close();
    }
}
