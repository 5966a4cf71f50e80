package dev.gserver.tools.diff;

import java.util.Locale;

/** What became of a file. */
public enum Status {
    CHANGED,
    NEW,
    GONE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
