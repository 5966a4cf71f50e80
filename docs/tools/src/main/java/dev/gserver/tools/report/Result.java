package dev.gserver.tools.report;

import java.time.Duration;

/**
 * What became of one test, for programs that grade.
 *
 * @param rung of a learner's stage that it belongs to; "" if it belongs to none
 * @param step of the notes that is in question; "" if there is none
 * @param message empty if it has passed
 */
public record Result(String rung, String step, String test, boolean passed, String message, double seconds) {
    private static final double MILLIS = 1_000;

    public static Result of(String step, String test, String message, Duration time) {
        return new Result("", step, test, message.isEmpty(), message, time.toMillis() / MILLIS);
    }
}
