package dev.gserver.process;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;

/**
 * What happens on Ctrl-C, on SIGTERM, and when the terminal goes away. Any thread; its monitor guards its field.
 *
 * <p>A shutdown hook would do for one signal. But the JVM then ignores the second, by which somebody at a terminal says
 * that the stop takes too long; and java.logging, with a hook of its own, drops what is logged during the stop. The
 * JDK's own way to handle signals is a public API outside Java's standard, so it is reached by reflection.
 */
public final class Signals {
    /** The exit code when a second signal has ended the process, as shells report a program that Ctrl-C has ended. */
    static final int ENDED_AT_ONCE = 130;

    /** The exit code when the stop did not come to its end in time. */
    static final int STOP_HANGS = 1;

    /** Signals that come within this time are one: a terminal that goes away is told by the shell and by the kernel. */
    static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Runnable stop;
    private final Duration most;
    private long firstNanos; // when the first signal came; 0: none yet

    private Signals(Runnable stop, Duration most) {
        this.stop = stop;
        this.most = most;
    }

    /**
     * Has the first signal run {@code stop} and then end the process in good order, with exit code 0; a further one ends it
     * at once. A stop that takes longer than {@code most} ends the process too: it may hang in a write to a pipe that nobody
     * empties.
     */
    public static void onEnd(Runnable stop, Duration most) {
        Signals signals = new Signals(stop, most);
        try {
            for (String name : List.of("INT", "TERM", "HUP")) {
                handle(name, signals::signalled);
            }
        } catch (ReflectiveOperationException e) { // a JDK, or a system, without these signals
            Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        }
    }

    private void signalled() {
        long now = System.nanoTime();
        synchronized (this) {
            if (firstNanos != 0) {
                if (now - firstNanos >= TOGETHER.toNanos()) {
                    Runtime.getRuntime().halt(ENDED_AT_ONCE);
                }
                return;
            }
            firstNanos = now | 1; // never 0, which is none yet
        }
        Thread watch = new Thread(this::endIfStopHangs, "stop-watch");
        watch.setDaemon(true);
        watch.start();
        stop.run();
        System.exit(0); // with the shutdown hooks: recordings and log files are to be whole
    }

    private void endIfStopHangs() {
        try {
            Thread.sleep(most.toMillis());
            Runtime.getRuntime().halt(STOP_HANGS);
        } catch (InterruptedException e) {
            // nobody interrupts this thread
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object calling = Proxy.newProxyInstance(
                Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                    action.run(); // on a new thread for each signal
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
    }
}
