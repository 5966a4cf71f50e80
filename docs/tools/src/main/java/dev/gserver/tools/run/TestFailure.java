package dev.gserver.tools.run;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A test that failed.
 *
 * @param testClass its full name
 * @param test the method's name; of one with parameters and the number of the call: {@code reads(String)[2]}
 * @param type of what it has thrown
 */
public record TestFailure(String testClass, String test, String type, String message, String stack) {
    private static final Pattern TODO = Pattern.compile("TODO [A-Z][\\w.]*\\.\\w+: .*");

    public String className() {
        return testClass.replaceFirst(".*\\.", "");
    }

    public String method() {
        return test.replaceFirst("\\W.*", "");
    }

    /** The number of the call in brackets, where there are several. */
    public String call() {
        return test.replaceFirst("^[^\\[]*", "");
    }

    /** What a learner has not written yet, if that is why it failed. */
    Optional<String> todo() {
        return TODO.matcher(message + "\n" + stack)
                .results()
                .map(MatchResult::group)
                .findFirst();
    }

    /** What was expected and what came; the type of what was thrown says nothing more if it is an assertion's. */
    public String reason() {
        if (todo().isPresent()) {
            return todo().get();
        }
        boolean isAssertion = type.endsWith("AssertionError") || type.endsWith("AssertionFailedError");
        String name = type.replaceFirst(".*[.$]", "");
        return isAssertion && !message.isBlank() ? message : message.isBlank() ? name : name + ": " + message;
    }
}
