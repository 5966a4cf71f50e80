package dev.gserver.races;

import java.util.List;

/**
 * What is told of one wrong version that was tried; one JSON file each, in docs/races/target/results. Paths are from the
 * root of the repository.
 */
record Result(
        String name,
        String title,
        int stage,
        String layer,
        String chapter,
        String sentence,
        String scenario,
        boolean found,
        double seconds,
        int schedules,
        String lost,
        Prevents prevents,
        List<String> threads,
        String patch,
        String expected,
        String got,
        List<Event> events) {
    /** The line of the right version that prevents it. */
    record Prevents(String file, int line, String text) {}
}
