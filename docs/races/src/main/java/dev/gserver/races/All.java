package dev.gserver.races;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tries everything, and says how each went as soon as it is known. */
final class All {
    private final Course course;
    private final Trial trial;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    All(Course course) {
        this.course = course;
        this.trial = new Trial(course);
    }

    /** Whether all scenarios are green on the stages, and red on the wrong versions, and all tests too. */
    boolean run() {
        orders();
        memory();
        System.out.println(passed + " passed, " + failed + " failed");
        return failed.get() == 0;
    }

    /** What Lincheck and the stages' own tests find: as many at a time as there are processors. */
    private void orders() {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        for (int stage : Course.STAGES) {
            for (String name : course.scenarios(stage)) {
                submit(pool, "green", "stage " + stage, name, () -> trial.green(stage, name));
            }
        }
        for (Race race : course.races()) {
            if (race.scenario() != null && !race.isOfMemory()) {
                submit(pool, "red", race.name(), race.scenario(), () -> red(race));
            }
            if (race.test() != null) {
                submit(pool, "red", race.name(), race.test(), () -> trial.test(race));
            }
        }
        await(pool);
    }

    /** What jcstress finds: all at once, as it waits half a minute for a change that is not seen. */
    private void memory() {
        ExecutorService pool = Executors.newCachedThreadPool();
        for (int stage : Course.STAGES) {
            List<String> tests = course.stressTests(stage);
            submit(pool, "green", "stage " + stage, "jcstress", () -> trial.green(stage, tests));
        }
        course.races().stream()
                .filter(Race::isOfMemory)
                .forEach(race -> submit(pool, "red", race.name(), race.scenario(), () -> red(race)));
        await(pool);
    }

    private static void await(ExecutorService pool) {
        pool.shutdown();
        try {
            pool.awaitTermination(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Trial.Verdict red(Race race) {
        Result result = trial.red(race);
        return new Trial.Verdict(result.found(), result.seconds(), result.got() + " (" + result.tries() + ")");
    }

    private void submit(ExecutorService pool, String colour, String what, String by, Callable<Trial.Verdict> action) {
        pool.execute(() -> {
            Trial.Verdict verdict;
            try {
                verdict = action.call();
            } catch (Exception e) {
                verdict = new Trial.Verdict(false, 0, e.getMessage());
            }
            (verdict.good() ? passed : failed).incrementAndGet();
            System.out.printf(
                    Locale.ROOT,
                    "%-4s  %-5s  %-28s %-50s %5.1f s  %s%n",
                    verdict.good() ? "ok" : "FAIL",
                    colour,
                    what,
                    by,
                    verdict.seconds(),
                    verdict.words());
        });
    }
}
