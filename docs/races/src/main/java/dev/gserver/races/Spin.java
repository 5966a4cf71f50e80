package dev.gserver.races;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Has a thread look at a {@link Watch} in a loop that is soon compiled, and another change it. Writes what Explore writes:
 * one try, the promise, and STALE if the change is not seen in time. Time is what the looking thread has used.
 */
final class Spin {
    static final String STALE = "STALE";
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1); // until the loop is compiled
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private Spin() {}

    /** The arguments: the watch's class, and the file to write to. */
    public static void main(String[] args) throws ReflectiveOperationException, InterruptedException, IOException {
        Watch watch = (Watch) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        Thread looking = new Thread(() -> {
            while (!watch.isSeen()) {
                // nothing that the compiler would have to keep
            }
        });
        looking.setDaemon(true);
        looking.start();
        use(looking, WARM_UP_NANOS);
        watch.change();
        use(looking, WARM_UP_NANOS + PATIENCE_NANOS);
        String report = looking.isAlive() ? STALE + ": not seen in 2 s" : "";
        Files.writeString(Path.of(args[1]), "1\n" + watch.promise() + "\n" + report);
    }

    /** Waits until {@code thread} has used so much of a processor, or has ended. */
    private static void use(Thread thread, long nanos) throws InterruptedException {
        while (thread.isAlive() && ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) < nanos) {
            thread.join(10);
        }
    }
}
