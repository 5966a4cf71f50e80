package dev.gserver.races;

import com.google.gson.Gson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/** Runs tests of jcstress, in JVMs that it starts. Writes what came of each test, as JSON. */
final class Stress {
    /** How long a test tries, where it is expected to end each time. */
    static final int GREEN_MILLIS = 300;

    /** How long it tries otherwise: it ends as soon as a change is not seen, half a minute after it was made. */
    static final int RED_MILLIS = 10_000;

    private Stress() {}

    /**
     * How often an outcome was seen.
     *
     * @param test the full name of its class
     * @param outcome the name that the test gives to it
     * @param forbidden whether it must not be
     * @param count how often it was seen; may be 0
     * @param meaning what the test says of it
     */
    record Outcome(String test, String outcome, boolean forbidden, long count, String meaning) {}

    /** The arguments: which tests, as a regular expression; how many milliseconds each tries; the file to write to. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(new String[] {
            "-t", args[0],
            "-time", args[1],
            "-iters", "1",
            "-f", "1",
            "-sc", "false",
            "-af", "NONE",
            "-hs", "32",
            "-pth", "false",
            "-jvmArgs", "-XX:-TieredCompilation" // one way to compile, the one that keeps most in registers
        });
        options.parse();
        try {
            new JCStress(options).run();
        } catch (AssertionError e) {
            // it says that what is forbidden was seen; so does the file
        }
        InProcessCollector results = new InProcessCollector();
        DiskReadCollector file = new DiskReadCollector(options.getResultFile(), results);
        file.dump();
        file.close();
        List<Outcome> outcomes = new ArrayList<>();
        for (String test : TestList.tests()) {
            results.getTestResults().stream()
                    .filter(result -> result.getName().equals(test))
                    .forEach(result -> add(outcomes, TestList.getInfo(test), result));
        }
        Files.writeString(Path.of(args[2]), new Gson().toJson(outcomes));
        System.exit(0);
    }

    private static void add(List<Outcome> outcomes, TestInfo test, TestResult result) {
        for (StateCase state : test.cases()) {
            boolean forbidden = state.expect() == org.openjdk.jcstress.annotations.Expect.FORBIDDEN;
            String name = state.matchPattern();
            outcomes.add(new Outcome(test.name(), name, forbidden, result.getCount(name), state.description()));
        }
    }
}
