package dev.gserver.tools.exercise;

import java.util.List;

/**
 * A part of a stage that is written in one go, and does something then.
 *
 * @param stage the stage's number
 * @param number 1 for the first of its stage
 * @param does what the server can do when it is written, in a sentence
 * @param section the anchor in the stage's chapter that explains it
 * @param shows where that becomes visible
 * @param bodies names of the bodies to write, in the order in which they are best written
 * @param tests {@code TestClass.method}, or {@code TestClass} for all of its methods
 */
public record Rung(
        int stage,
        int number,
        String name,
        String does,
        String section,
        String shows,
        List<String> bodies,
        List<String> tests) {}
