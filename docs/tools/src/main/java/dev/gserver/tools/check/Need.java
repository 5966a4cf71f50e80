package dev.gserver.tools.check;

import com.tngtech.archunit.library.cycle_detection.Edge;

/**
 * A package needs another one. Both are named without dev.gserver; that one itself is the empty name.
 *
 * @param file the first place where it does, as {@code line}
 */
record Need(String from, String to, String file, int line) implements Edge<String> {
    static final String ROOT = "dev.gserver";

    @Override
    public String getOrigin() {
        return from;
    }

    @Override
    public String getTarget() {
        return to;
    }

    Fault fault(String text) {
        return new Fault(file, line, text);
    }

    static String show(String name) {
        return name.isEmpty() ? "the root package" : name;
    }

    static String withoutRoot(String packageName) {
        return packageName.equals(ROOT) ? "" : packageName.replaceFirst("^dev\\.gserver\\.", "");
    }
}
