package dev.gserver.tools.learn.vm;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps of the notes that were carried out, and the bodies that were run. The learner's code is compiled with calls of
 * this. Any thread.
 */
public final class Heard {
    private static final Set<String> STEPS = ConcurrentHashMap.newKeySet();
    private static final Set<String> BODIES = ConcurrentHashMap.newKeySet();

    private Heard() {}

    public static void step(String id) {
        STEPS.add(id);
    }

    public static void body(String name) {
        BODIES.add(name);
    }

    /** Begins anew. */
    static void forget() {
        STEPS.clear();
        BODIES.clear();
    }

    static List<String> steps() {
        return STEPS.stream().sorted().toList();
    }

    static List<String> bodies() {
        return BODIES.stream().sorted().toList();
    }
}
