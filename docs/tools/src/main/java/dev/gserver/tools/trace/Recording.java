package dev.gserver.tools.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A whole trace. Threads may have printed a step a little later than another that they took before: between two remarks
 * the steps are put in the order of their times.
 */
record Recording(List<Item> items) {
    private static final int MOST_STEPS = 5_000; // more than that nobody reads, and a browser draws slowly

    static Recording parse(String text) {
        List<Item> items = new ArrayList<>();
        List<Step> run = new ArrayList<>();
        int steps = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Optional<Step> step = Step.parse(line);
            if (step.isEmpty()) {
                flush(run, items);
                addRemark(steps <= MOST_STEPS ? line : "", items);
            } else if (++steps <= MOST_STEPS) {
                run.add(step.get());
            }
        }
        flush(run, items);
        if (steps > MOST_STEPS) {
            items.add(new Remark("hidden", "and " + (steps - MOST_STEPS) + " more steps: too many for one page"));
        }
        return new Recording(items);
    }

    private static void flush(List<Step> run, List<Item> items) {
        run.sort(Comparator.comparingDouble(Step::millis));
        items.addAll(run);
        run.clear();
    }

    private static void addRemark(String line, List<Item> items) {
        if (line.isBlank()) {
            return;
        }
        Remark remark = Remark.parse(line);
        int last = items.size() - 1;
        if (last >= 0 && items.get(last) instanceof Remark before && before.isA("act") && remark.isA("act")) {
            items.set(last, new Remark("act", before.text() + " " + remark.text()));
        } else {
            items.add(remark);
        }
    }

    List<Step> steps() {
        return items.stream()
                .filter(Step.class::isInstance)
                .map(Step.class::cast)
                .toList();
    }

    /** The connections of its steps, clients before listening sockets. */
    List<String> connections() {
        return steps().stream()
                .map(Step::subject)
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(subject -> subject.contains("(port ")))
                .toList();
    }

    boolean hasClient() {
        return items.stream().anyMatch(item -> item instanceof Remark remark && remark.isA("client"));
    }
}
