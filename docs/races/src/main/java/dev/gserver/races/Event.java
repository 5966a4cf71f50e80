package dev.gserver.races;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of an interleaving. The names are those of the result's JSON.
 *
 * @param thread number of the thread, in the order in which the scenario starts them
 * @param depth how many calls it is inside of
 * @param kind call, return, read, write, lock, unlock, wait, signal, switch or result
 * @param what what happens, in the program's own names
 * @param file the source, from the root of the repository; null for a switch and a result
 * @param line its number in the wrong version
 * @param source the text of that line
 * @param value what was read, written or returned; null where there is nothing
 * @param step the notes' step that this is; null for the others
 */
record Event(
        int thread,
        int depth,
        String kind,
        String what,
        String file,
        int line,
        String source,
        String value,
        String step) {
    private static final Pattern CALL = Pattern.compile("(?:.*\\.)?(\\w+)\\(.*?\\)(?:: (.+))?");
    private static final Pattern STEP = Pattern.compile("Trace\\.step\\(\"([\\w.-]+)\", (.*)\\)");
    private static final Map<String, String> MONITOR =
            Map.of("MONITORENTER", "lock", "MONITOREXIT", "unlock", "WAIT", "wait", "NOTIFY", "signal");
    private static final Map<String, Set<String>> CALLS = Map.of(
            "lock", Set.of("lock", "tryLock"),
            "unlock", Set.of("unlock"),
            "wait", Set.of("awaitUninterruptibly", "awaitNanos", "await", "wait", "acquireUninterruptibly", "select"),
            "signal", Set.of("signal", "signalAll", "release", "notifyAll", "wakeup"));

    /** What Lincheck calls {@code text}. */
    static Event of(int thread, int depth, String text, String file, int line, String source) {
        if (file == null) {
            return new Event(thread, depth, "switch", text, null, 0, null, null, null);
        }
        Matcher step = STEP.matcher(text);
        if (step.matches()) {
            return new Event(thread, depth, "call", step.group(2), file, line, source, null, step.group(1));
        }
        String[] read = text.split(" ➜ ", 2);
        if (read.length == 2) {
            return new Event(thread, depth, "read", read[0], file, line, source, read[1], null);
        }
        String[] write = text.split(" = ", 2);
        if (write.length == 2) {
            return new Event(thread, depth, "write", write[0], file, line, source, write[1], null);
        }
        Matcher call = CALL.matcher(text);
        if (call.matches()) {
            String value = call.group(2);
            String what = value == null ? text : text.substring(0, call.start(2) - 2);
            return new Event(thread, depth, kindOf(call.group(1)), what, file, line, source, value, null);
        }
        String kind = MONITOR.getOrDefault(text, "call");
        String what = kind.equals("call") ? text : "its monitor";
        return new Event(thread, depth, kind, what, file, line, source, null, null);
    }

    private static String kindOf(String method) {
        return CALLS.entrySet().stream()
                .filter(kind -> kind.getValue().contains(method))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("call");
    }

    Event in(int newThread) {
        return new Event(newThread, depth, kind, what, file, line, source, value, step);
    }

    Event as(String newKind, String newWhat) {
        return new Event(thread, depth, newKind, newWhat, file, line, source, value, step);
    }
}
