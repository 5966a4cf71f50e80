package dev.gserver.tools.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far a test run is, as Surefire's log tells. */
final class TestsSoFar {
    private static final Pattern BEGINS = Pattern.compile("\\[INFO\\] Running (?:.*\\.)?(\\w+)(?:\\$.*)?");
    private static final Pattern ENDS =
            Pattern.compile("\\[\\w+\\] Tests run: \\d+, Failures: (\\d+), Errors: (\\d+), .* in [\\w.$]+");

    private final int classes;
    private String running = "";
    private int begun;
    private int failed;
    private String text = "building";

    /** @param classes how many test classes there are */
    TestsSoFar(int classes) {
        this.classes = classes;
    }

    /** Takes the next line of the log; returns whether it tells something new. */
    boolean hear(String line) {
        Matcher begins = BEGINS.matcher(line);
        Matcher ends = ENDS.matcher(line);
        if (begins.matches()) {
            running = begins.group(1);
            begun++;
        } else if (ends.matches()) {
            failed += Integer.parseInt(ends.group(1)) + Integer.parseInt(ends.group(2));
        } else {
            return false;
        }
        String tests = failed == 0 ? "no test" : failed == 1 ? "1 test" : failed + " tests";
        text = "test class " + begun + " of " + classes + ", " + running + ", " + tests + " failed so far";
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
