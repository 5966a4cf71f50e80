package dev.gserver.races;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.LincheckSettings;

/**
 * Runs one scenario in as many orders as it asks for, in a JVM of its own: Lincheck changes the classes that it loads.
 * Writes how many orders were tried, the promise, and what Lincheck says of the order that broke it, if one did.
 */
final class Explore {
    /** The system property that has it show what the JDK calls back too, as a person wants who reads the order. */
    static final String DETAILS = "races.details";

    /**
     * With locks and collections of the JDK as single steps, all orders of a small scenario can be tried. Lincheck keeps
     * this setting to itself, though it is public for Java.
     */
    private static final LincheckSettings SETTINGS = new LincheckSettings(Boolean.getBoolean(DETAILS), 10, 50, 20);

    /** It gives up on an order that takes half a minute, as the first does on a machine that has much else to do; or fails. */
    private static final int MOST_TRIES = 3;

    private Explore() {}

    /** The arguments: the scenario's class, and the file to write to. */
    public static void main(String[] args) throws Exception {
        Scenario scenario =
                (Scenario) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        ByteBuffer tried = ByteBuffer.allocateDirect(Integer.BYTES); // objects are put back after each run, this is not
        String report = explore(scenario, tried);
        for (int tries = 1; tries < MOST_TRIES && gaveUp(report); tries++) {
            report = explore(scenario, tried);
        }
        Files.writeString(Path.of(args[1]), tried.getInt(0) + "\n" + scenario.promise() + "\n" + report);
        System.exit(0);
    }

    /** Returns Lincheck's report; empty if all orders are good, without the steps if it has given up. */
    private static String explore(Scenario scenario, ByteBuffer tried) {
        try {
            Lincheck.runConcurrentTestInternal$lincheck(scenario.schedules(), SETTINGS, () -> {
                tried.putInt(0, tried.getInt(0) + 1);
                run(scenario);
            });
            return "";
        } catch (LincheckAssertionError e) {
            return e.getMessage();
        } catch (RuntimeException e) { // of its own, seldom, on a busy machine
            return "Lincheck has failed: " + e;
        }
    }

    private static boolean gaveUp(String report) {
        return !report.isEmpty() && !report.contains(Interleaving.TITLE);
    }

    private static void run(Scenario scenario) {
        try {
            scenario.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
