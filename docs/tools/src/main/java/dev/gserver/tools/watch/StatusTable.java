package dev.gserver.tools.watch;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's attributes, layer by layer, each with how much it has changed since the last look. */
public final class StatusTable {
    private static final long PERIOD_MILLIS = 1_000;
    private static final String CLEAR = "\033[H\033[2J";
    private static final List<List<String>> LAYERS = List.of( // the name of each, then its attributes
            List.of("listen", "Stage", "Addresses"),
            List.of("epoll", "Clients", "ClientsAccepted", "PoolSize", "IdlePlaces"),
            List.of("threadpool", "MessagesWaiting", "MessagesHandled", "Workers", "WorkersBusy"),
            List.of("memory", "MemoryBytes", "MemoryMaxBytes"),
            List.of("send", "ClientsToSendTo", "BytesPending", "ClientsAwaitingWriteEvent"),
            List.of("timer", "TimerEntries", "Kicks", "MillisToNextCheck"));

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
        LAYERS.forEach(layer -> appendLayer(table, layer.get(0), layer, now));
        List<String> others = now.keySet().stream()
                .filter(name -> LAYERS.stream().noneMatch(known -> known.contains(name)))
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
