package dev.gserver.races;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Leaves out of an interleaving what tells nothing, and says how it ends. */
final class Tidy {
    /** Loops, new objects, ways to an object, and whether somebody listens to the trace. */
    private static final Pattern LEFT_OUT = Pattern.compile("loop\\(.*|<iteration .*|.*<init>.*|Trace\\.listener ➜ .*"
            + "|.*\\b(iterator|hasNext|next|of|connection|index|client|code|heapBytes|peer|bytes|thread|body)\\(.*"
            + "|(batch|arrived)\\..*");

    private static final Pattern OBJECT = Pattern.compile(".*#\\d+");
    private static final String NOBODY_LEFT = "waits, and nobody is left to wake it";
    private static final Pattern BLOCKED = Pattern.compile("switch \\(reason: (?!.*finish).*\\)");

    private final List<Event> events;
    private final boolean hangs;

    /** What to do with {@code events}; {@code hangs}: at their end somebody waits, and nobody is left to wake it. */
    Tidy(List<Event> events, boolean hangs) {
        this.events = new ArrayList<>(events);
        this.hangs = hangs;
    }

    static boolean leavesOut(String text) {
        return LEFT_OUT.matcher(text).matches();
    }

    List<Event> events() {
        callsOfTheProgram();
        ends();
        stoppedBefore();
        List<Event> kept = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Event next = i + 1 < events.size() ? events.get(i + 1) : null;
            if (!event.kind().equals("read") || !isPartOf(event, next)) {
                kept.add(event);
            }
        }
        return kept;
    }

    /** A read of an object, which is then used; or the first half of {@code count++}. */
    private static boolean isPartOf(Event read, Event next) {
        return OBJECT.matcher(read.value()).matches()
                || next != null
                        && next.thread() == read.thread()
                        && next.kind().equals("write")
                        && next.what().equals(read.what())
                        && next.line() == read.line();
    }

    /** What calls something of the program's own is a call, whatever its name: {@code Client.await} waits for nothing. */
    private void callsOfTheProgram() {
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            int at = i + 1;
            while (at < events.size() && events.get(at).thread() != event.thread()) {
                at++;
            }
            boolean callsMore = at < events.size()
                    && events.get(at).depth() > event.depth()
                    && !events.get(at).kind().equals("switch");
            if (callsMore && !event.kind().equals("switch")) {
                events.set(i, event.as("call", event.what()));
            }
        }
    }

    /** Where a thread's last step is that it waits: nobody wakes it. */
    private void ends() {
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            boolean last =
                    events.subList(i + 1, events.size()).stream().noneMatch(later -> later.thread() == event.thread());
            if (last && BLOCKED.matcher(event.what()).matches()) {
                events.set(i, event.as("result", NOBODY_LEFT));
            } else if (last && hangs && event.kind().equals("wait")) { // it never came to a switch: it was the last
                int depth = event.depth() + 1;
                events.add(i + 1, new Event(event.thread(), depth, "result", NOBODY_LEFT, null, 0, null, null, null));
            }
        }
    }

    /** A call of the JDK that the thread is stopped at comes after the others' steps, when the thread goes on. */
    private void stoppedBefore() {
        for (int i = 0; i + 1 < events.size(); i++) {
            Event call = events.get(i);
            Event stop = events.get(i + 1);
            if (call.kind().equals("call")
                    && stop.kind().equals("switch")
                    && stop.thread() == call.thread()
                    && stop.depth() > call.depth()) {
                int next = i + 2;
                while (next < events.size() && events.get(next).thread() != call.thread()) {
                    next++;
                }
                events.remove(i);
                events.add(next - 1, call);
            }
        }
    }
}
