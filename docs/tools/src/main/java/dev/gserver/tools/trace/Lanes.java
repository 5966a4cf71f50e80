package dev.gserver.tools.trace;

import dev.gserver.tools.common.Texts;
import dev.gserver.tools.trace.Recording.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The lanes: one for each thread, in the order of the layers; workers that did nothing but wait share one. */
final class Lanes {
    private static final List<String> ORDER = List.of("main", "event-loop", "worker", "send", "timer");

    private final Map<String, Integer> laneOfThread = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Lanes(Recording recording, Texts texts) {
        TreeSet<String> threads = new TreeSet<>(Comparator.comparingInt(Lanes::rank)
                .thenComparingInt(String::length) // worker-2 before worker-10
                .thenComparing(name -> name));
        recording.steps().forEach(step -> threads.add(step.thread()));
        if (recording.hasClient()) {
            threads.add("main"); // the demo's client runs there
        }
        TreeSet<String> idle = new TreeSet<>(threads);
        idle.removeIf(thread -> !thread.startsWith("worker-"));
        recording.steps().stream()
                .filter(step -> !step.id().equals("ThreadFunc.1"))
                .forEach(step -> idle.remove(step.thread()));
        threads.forEach(thread ->
                add(thread, idle.contains(thread) && idle.size() > 1 ? texts.get("trace.idle", idle.size()) : thread));
    }

    private void add(String thread, String lane) {
        if (!names.contains(lane)) {
            names.add(lane);
        }
        laneOfThread.put(thread, names.indexOf(lane));
    }

    private static int rank(String thread) {
        int rank = ORDER.indexOf(thread.replaceAll("-\\d+$", ""));
        return rank < 0 ? ORDER.size() : rank;
    }

    int of(Step step) {
        return laneOfThread.get(step.thread());
    }

    List<String> names() {
        return names;
    }
}
