package dev.gserver;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens on Ctrl-C, on SIGTERM, and when the terminal goes away. Any thread.
 *
 * <p>A shutdown hook would do for one signal. But the JVM then ignores the second, by which somebody at a terminal says
 * that the stop takes too long; and java.logging, with a hook of its own, drops what is logged during the stop. The
 * JDK's own way to handle signals is a public API outside Java's standard, so it is reached by reflection.
 */
final class Signals {
    static final int ENDED_AT_ONCE = 130; // as shells report a program that Ctrl-C has ended

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /** Has the first signal run {@code stop}, and every further one end the process at once. */
    static void onEnd(Runnable stop) {
        AtomicBoolean stopping = new AtomicBoolean();
        Runnable action = () -> {
            if (stopping.getAndSet(true)) {
                Runtime.getRuntime().halt(ENDED_AT_ONCE);
            }
            stop.run();
        };
        try {
            for (String name : NAMES) {
                handle(name, action);
            }
        } catch (ReflectiveOperationException e) { // a JDK, or a system, without these signals
            Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
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
