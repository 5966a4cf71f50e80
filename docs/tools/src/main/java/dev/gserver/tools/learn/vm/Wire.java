package dev.gserver.tools.learn.vm;

import com.google.gson.Gson;
import java.util.List;

/** What the learner's JVM is asked for and what it answers: a JSON object a line. */
public final class Wire {
    public static final Gson JSON = new Gson();

    /** A test to run. */
    public record Test(String className, String method) {}

    /**
     * Tests to run, in order, up to the first that fails.
     *
     * @param classPath folders with the learner's classes, and with those of the tests
     * @param missing bodies that are not written: a test that has run into one of them is not the last
     * @param testMillis how long a test may take; then it stands still
     * @param allMillis how long all of them may take
     */
    public record Request(
            List<String> classPath, List<Test> tests, List<String> missing, long testMillis, long allMillis) {}

    /** A line of a stack. */
    public record Frame(String className, String method, int line) {
        static Frame of(StackTraceElement element) {
            return new Frame(element.getClassName(), element.getMethodName(), element.getLineNumber());
        }
    }

    /**
     * Something thrown.
     *
     * @param type its class's full name
     * @param frames its stack, and after it those of its causes
     */
    public record Thrown(String type, String message, List<Frame> frames) {}

    /** A thread and where it is, the innermost call first. */
    public record Standing(String thread, List<Frame> frames) {}

    /**
     * What became of a test.
     *
     * @param thrown null if it passed, or stands still
     * @param standing where the threads are, if it stands still; else null
     * @param log the last lines that the server logged meanwhile
     * @param logged what was thrown last of all that was logged meanwhile; null if nothing was
     * @param steps the steps of the notes that were carried out
     * @param bodies those of the rungs that were run, whole or in part
     */
    public record Result(
            int number,
            boolean passed,
            double seconds,
            Thrown thrown,
            List<Standing> standing,
            List<String> log,
            Thrown logged,
            List<String> steps,
            List<String> bodies) {}

    /**
     * An answer. That the JVM is ready for requests is the first, without a result; so is the last one to each request.
     *
     * @param clean at the end of a request: whether nothing was left behind that could disturb what runs next
     */
    public record Answer(Result result, boolean clean) {}

    private Wire() {}
}
