package dev.gserver.races;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tries everything, as many at a time as there are processors, and says how each went. */
final class All {
    private static final int AT_A_TIME = Runtime.getRuntime().availableProcessors();

    private final Course course;
    private final Trial trial;
    private final Map<String, Trial.Verdict> tried = new LinkedHashMap<>();

    All(Course course) {
        this.course = course;
        this.trial = new Trial(course);
    }

    /** What a line of the table needs: how each race's scenario went, by the race's name. */
    Map<String, Trial.Verdict> tried() {
        return tried;
    }

    /** Whether all scenarios are green on the stages, and red on the wrong versions, and all tests too. */
    boolean run() {
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        List<Race> races = course.races();
        Map<String, Future<Trial.Verdict>> running = new LinkedHashMap<>();
        for (Race race : races) {
            if (race.scenario() != null) {
                running.put("red    " + race.name() + ", " + race.scenario(), pool.submit(() -> red(race)));
            }
            if (race.test() != null) {
                running.put("red    " + race.name() + ", " + race.test(), pool.submit(() -> trial.test(race)));
            }
        }
        for (int stage : Course.STAGES) {
            course.scenarios(stage)
                    .forEach(name -> running.put(
                            "green  " + name + " on stage " + stage, pool.submit(() -> trial.green(stage, name))));
        }
        pool.shutdown();
        int failed = report(running);
        System.out.println((running.size() - failed) + " passed, " + failed + " failed");
        return failed == 0;
    }

    private Trial.Verdict red(Race race) {
        Result result = trial.red(race);
        Trial.Verdict verdict = new Trial.Verdict(
                result.found(), result.seconds(), result.got() + " (" + result.schedules() + " orders)");
        synchronized (tried) {
            tried.put(race.name(), verdict);
        }
        return verdict;
    }

    private static int report(Map<String, Future<Trial.Verdict>> running) {
        List<String> failed = new ArrayList<>();
        running.forEach((what, future) -> {
            try {
                Trial.Verdict verdict = future.get();
                String sign = verdict.good() ? "ok  " : "FAIL";
                System.out.printf(
                        Locale.ROOT, "%s  %-75s %5.1f s  %s%n", sign, what, verdict.seconds(), verdict.words());
                if (!verdict.good()) {
                    failed.add(what);
                }
            } catch (ExecutionException e) {
                System.out.println("FAIL  " + what + "  " + e.getCause().getMessage());
                failed.add(what);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return failed.size();
    }
}
