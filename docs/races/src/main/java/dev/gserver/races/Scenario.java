package dev.gserver.races;

import java.lang.reflect.Field;

/**
 * A few threads of the server that hand something over, on the stage's own classes. It is run once for each order of
 * their steps that is tried, each time from new. It fails if something is thrown, or if a thread waits and nobody is left
 * to wake it.
 */
public abstract class Scenario {
    /** What a thread does. */
    public interface Action {
        /** Does it; what is thrown is a failure of the scenario. */
        void run() throws Exception;
    }

    private volatile Throwable failure;

    /** What has to hold whatever the order, in one sentence. */
    public abstract String promise();

    /** Sets up, has the threads run, and checks. */
    public abstract void run() throws Exception;

    /** How many orders are tried at most. */
    public int schedules() {
        return 500;
    }

    /** A thread of the server. */
    protected final Thread thread(String name, Action action) {
        return new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                name);
    }

    /** Runs {@code threads} side by side, to their end. */
    protected final void together(Thread... threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new AssertionError(failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
        }
    }

    /** What the private {@code field} of {@code owner} holds, such as the thread that it will start. */
    @SuppressWarnings("unchecked")
    public static <T> T held(Object owner, Class<?> type, String field) {
        try {
            Field found = type.getDeclaredField(field);
            found.setAccessible(true);
            return (T) found.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails with {@code otherwise} if {@code holds} is false. */
    protected static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
