package dev.gserver.tools.race;

import dev.gserver.tools.race.Race.Event;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The events that tell why something is lost. A call in which no other thread takes a turn could as well be one step: of
 * what it does only the calls of the stage's own methods, the steps of the notes and signals are kept. Of a call that is
 * interrupted, or never returns, each lock, look and write is kept, as the order of these is what goes wrong.
 */
record Essence(List<Event> events) {
    private static final Set<String> TOLD = Set.of("wait", "signal", "result");
    private static final Set<String> ENDLESS = Set.of("wait", "result");

    /** The indices of the events that are kept, in order. */
    List<Integer> indices() {
        return IntStream.range(0, events.size()).filter(this::isKept).boxed().toList();
    }

    private boolean isKept(int index) {
        Event event = events.get(index);
        int caller = caller(index);
        if (event.kind().equals("switch")) {
            return false;
        }
        return event.step() != null
                || TOLD.contains(event.kind())
                || lastInside(index) > index
                || caller < 0
                || isInterrupted(caller);
    }

    private int caller(int index) {
        Event event = events.get(index);
        return IntStream.iterate(index - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> isOf(event, i) && events.get(i).depth() < event.depth())
                .findFirst()
                .orElse(-1);
    }

    private boolean isOf(Event event, int other) {
        return events.get(other).thread() == event.thread()
                && !events.get(other).kind().equals("switch");
    }

    /** The index of the last event inside of a call; its own if there is none. */
    private int lastInside(int index) {
        Event call = events.get(index);
        int last = index;
        for (int i = index + 1; i < events.size(); i++) {
            if (isOf(call, i)) {
                if (events.get(i).depth() <= call.depth()) {
                    return last;
                }
                last = i;
            }
        }
        return last;
    }

    private boolean isInterrupted(int call) {
        int last = lastInside(call);
        return ENDLESS.contains(events.get(last).kind())
                || IntStream.range(call, last).anyMatch(i -> !isOf(events.get(call), i));
    }
}
