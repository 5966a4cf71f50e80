package dev.gserver.tools.common;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What happens when the program ends before its work is done, by Ctrl-C or a signal: no new work is begun, the programs
 * that it has started end, then its temporary folders are deleted.
 */
public final class Shutdown {
    private static final int MOST_SECONDS = 10;
    private static final ReentrantLock WORK = new ReentrantLock(true); // fair: who waits for it comes before new work
    static final Set<Scratch> FOLDERS = ConcurrentHashMap.newKeySet();
    private static volatile Process foreground; // whose exit code is that of this program; null: there is none

    /** What has an effect outside of this program. */
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    private Shutdown() {}

    /** From now on it happens so. */
    public static void prepare() {
        Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::run, "shutdown"));
    }

    /** Does {@code work} whole; once the shutdown has begun it does not, and does not return. */
    public static <E extends Exception> void whole(Work<E> work) throws E {
        WORK.lock();
        try {
            work.run();
        } finally {
            WORK.unlock();
        }
    }

    /** Does not return once the shutdown has begun: what fails because of it is not told. */
    public static void check() {
        whole(() -> {});
    }

    /** When this program ends before that one, its exit code is that of the other one. */
    static void setForeground(Process process) {
        foreground = process;
    }

    private static void run() {
        WORK.lock(); // and never unlocked
        endPrograms();
        FOLDERS.forEach(Scratch::delete);
        if (foreground != null) {
            Runtime.getRuntime().halt(foreground.onExit().join().exitValue());
        }
    }

    private static boolean isForeground(ProcessHandle program) {
        return foreground != null && program.equals(foreground.toHandle());
    }

    private static void endPrograms() {
        List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
        started.stream()
                .filter(one -> one.supportsNormalTermination() || !isForeground(one)) // Windows: Ctrl-C has reached it
                .forEach(ProcessHandle::destroy);
        awaitEnd(started);
    }

    /** Waits for the end of programs that have been asked to end; those that do not are ended. */
    public static void awaitEnd(List<ProcessHandle> programs) {
        CompletableFuture.allOf(programs.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, MOST_SECONDS, TimeUnit.SECONDS)
                .join();
        programs.forEach(ProcessHandle::destroyForcibly);
    }
}
