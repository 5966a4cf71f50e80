package dev.gserver.tools.run;

/**
 * A test that failed.
 *
 * @param testClass its full name
 * @param test the method's name; of one with parameters and the number of the call: {@code reads(String)[2]}
 * @param type of what it has thrown
 */
public record TestFailure(String testClass, String test, String type, String message, String stack) {
    public String method() {
        return test.replaceFirst("\\W.*", "");
    }

    /** The number of the call in brackets, where there are several. */
    public String call() {
        return test.replaceFirst("^[^\\[]*", "");
    }

    /** What was expected and what came; the type of what was thrown says nothing more if it is an assertion's. */
    public String reason() {
        boolean isAssertion = type.endsWith("AssertionError") || type.endsWith("AssertionFailedError");
        String name = type.replaceFirst(".*[.$]", "");
        return isAssertion && !message.isBlank() ? message : message.isBlank() ? name : name + ": " + message;
    }
}
