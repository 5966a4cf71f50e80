package dev.gserver.tools.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's attributes, layer by layer, each with how much it has changed since the last look. */
public final class StatusTable {
    private static final long PERIOD_MILLIS = 1_000;
    private static final String CLEAR = "\033[H\033[2J";
    private static final Map<String, List<String>> LAYERS = new LinkedHashMap<>();

    static {
        LAYERS.put("listen", List.of("Stage", "Addresses"));
        LAYERS.put("epoll", List.of("Clients", "ClientsAccepted", "PoolSize", "IdlePlaces"));
        LAYERS.put("threadpool", List.of("MessagesWaiting", "MessagesHandled", "Workers", "WorkersBusy"));
        LAYERS.put("memory", List.of("MemoryBytes", "MemoryMaxBytes"));
        LAYERS.put("send", List.of("ClientsToSendTo", "BytesPending", "ClientsAwaitingWriteEvent"));
        LAYERS.put("timer", List.of("TimerEntries", "Kicks", "MillisToNextCheck"));
    }

    private final String process;
    private Map<String, Object> before = Map.of();

    StatusTable(String process) {
        this.process = process;
    }

    /** Shows what a server says of itself, once a second, until it ends, or nobody reads any more. */
    public static void watch(RunningServer server, PrintStream out, boolean once, boolean inPlace)
            throws InterruptedException {
        StatusTable table = new StatusTable(server.process());
        try {
            out.print((inPlace ? CLEAR : "") + table.next(server.status()));
            while (!once && !out.checkError()) {
                Thread.sleep(PERIOD_MILLIS);
                out.print((inPlace ? CLEAR : "\n") + table.next(server.status()));
            }
        } catch (IOException e) {
            out.print("process " + server.process() + " has stopped\n");
        }
    }

    /** The table for what the server says now. */
    String next(Map<String, Object> now) {
        StringBuilder table = new StringBuilder(row("layer", "process " + process, "value"));
        LAYERS.forEach((layer, attributes) -> appendLayer(table, layer, attributes, now));
        List<String> others = now.keySet().stream()
                .filter(name -> LAYERS.values().stream().noneMatch(known -> known.contains(name)))
                .toList();
        appendLayer(table, "other", others, now);
        before = now;
        return table.toString();
    }

    private void appendLayer(StringBuilder table, String layer, List<String> attributes, Map<String, Object> now) {
        String heading = layer;
        for (String name : attributes) {
            if (now.containsKey(name)) {
                table.append(row(heading, name, text(now.get(name), before.get(name))));
                heading = "";
            }
        }
    }

    private static String row(String layer, String name, String value) {
        return String.format(Locale.ROOT, "%-12s%-27s%s", layer, name, value).stripTrailing() + "\n";
    }

    private static String text(Object value, Object last) {
        if (value instanceof String[] several) {
            return String.join(" ", several);
        }
        if (value instanceof Number number && last instanceof Number lastNumber) {
            long change = number.longValue() - lastNumber.longValue();
            return change == 0 ? value.toString() : String.format(Locale.ROOT, "%-12s%+d", value, change);
        }
        return String.valueOf(value);
    }
}
