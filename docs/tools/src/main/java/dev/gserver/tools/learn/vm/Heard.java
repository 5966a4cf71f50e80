package dev.gserver.tools.learn.vm;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The steps of the notes that were carried out. The learner's Trace is compiled with a call of this. Any thread. */
public final class Heard {
    private static final Set<String> STEPS = new ConcurrentSkipListSet<>();

    private Heard() {}

    public static void step(String id) {
        STEPS.add(id);
    }

    /** The steps since the last call. */
    static List<String> take() {
        List<String> steps = List.copyOf(STEPS);
        STEPS.clear();
        return steps;
    }
}
