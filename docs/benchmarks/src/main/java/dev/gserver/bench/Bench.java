package dev.gserver.bench;

import java.io.IOException;
import java.util.List;

/**
 * {@code ./course bench}, which has checked the words: runs the parts named, or all but the last; or compares two jars.
 * In the root of the repository.
 */
public final class Bench {
    private static final List<String> PARTS = List.of("throughput", "intake", "scale", "timer", "report", "publish");

    private Bench() {}

    public static void main(String[] args) throws Exception {
        try {
            run(args);
            System.exit(0);
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("compare")) {
            Compare.run(List.of(args).subList(1, args.length));
            return;
        }
        List<String> parts = args.length == 0 ? PARTS.subList(0, PARTS.size() - 1) : List.of(args);
        for (String part : parts) {
            System.out.println("== " + part);
            run(part);
        }
    }

    private static void run(String part) throws Exception {
        switch (part) {
            case "throughput" -> Throughput.run();
            case "intake" -> Throughput.runIntake();
            case "scale" -> Scale.run();
            case "timer" -> TimerRun.main(new String[0]);
            case "report" -> Report.write();
            case "publish" -> Report.publish();
            default -> throw new IllegalArgumentException(part);
        }
    }
}
