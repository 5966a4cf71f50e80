package dev.gserver.common;

/** The trace. */
public final class Trace {
    private Trace() {}

    public static void step(String id, String what) {
        System.out.println(id + what);
    }
}
