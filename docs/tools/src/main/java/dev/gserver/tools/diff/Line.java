package dev.gserver.tools.diff;

/** One line of a file: in both stages (a blank), gone (-) or new (+). */
public record Line(char kind, String text) {
    static final char SAME = ' ';
    static final char GONE = '-';
    static final char NEW = '+';
}
