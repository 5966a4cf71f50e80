package dev.gserver.tools.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between the steps; {@code kind} is act, client, log, hidden or text. */
record Remark(String kind, String text) implements Item {
    private static final Map<String, Pattern> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("act", Pattern.compile("==> (.*)"));
        KINDS.put("client", Pattern.compile(" {4}client: (.*)"));
        KINDS.put("hidden", Pattern.compile(" {4}\\((and \\d+ more steps .*)\\)"));
        KINDS.put("log", Pattern.compile("\\d{4}-\\d\\d-\\d\\d [0-9:.]+ ([A-Z]+ .*)"));
        KINDS.put("text", Pattern.compile("(.*)"));
    }

    static Remark parse(String line) {
        for (Map.Entry<String, Pattern> kind : KINDS.entrySet()) {
            Matcher remark = kind.getValue().matcher(line);
            if (remark.matches()) {
                return new Remark(kind.getKey(), remark.group(1));
            }
        }
        throw new IllegalStateException(line);
    }

    boolean isA(String wanted) {
        return kind.equals(wanted);
    }
}
