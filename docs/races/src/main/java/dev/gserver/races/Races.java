package dev.gserver.races;

import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line. Exits with 0 if all went as it has to, with 1 if not, with 2 if it could not be tried. */
public final class Races {
    private static final String USAGE = "expected list, run NAME, or all [--publish]";

    private Races() {}

    /** Carries out one command. */
    public static void main(String[] args) {
        try {
            System.exit(run(Course.around(Path.of("")), List.of(args)) ? 0 : 1);
        } catch (Refusal e) {
            System.err.println("races: " + e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(Course course, List<String> words) {
        if (words.equals(List.of("list"))) {
            return list(course);
        }
        if (words.size() == 2 && words.get(0).equals("run")) {
            System.setProperty(Explore.DETAILS, "true");
            return one(course, course.race(words.get(1)));
        }
        if (words.equals(List.of("all")) || words.equals(List.of("all", "--publish"))) {
            course.check();
            boolean good = new All(course).run();
            if (good && words.size() == 2) {
                new Table(course).publish();
            }
            return good;
        }
        throw new Refusal(String.join(" ", words) + ": " + USAGE);
    }

    private static boolean list(Course course) {
        List<Map<String, Object>> all =
                course.races().stream().map(Races::entry).toList();
        System.out.println(new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(all));
        return true;
    }

    private static Map<String, Object> entry(Race race) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", race.name());
        entry.put("title", race.title());
        entry.put("stage", race.stage());
        entry.put("layer", race.layer());
        entry.put("chapter", race.chapter());
        entry.put("sentence", race.sentence());
        entry.put("scenario", race.scenario());
        entry.put("test", race.test());
        entry.put("lost", race.lost());
        return entry;
    }

    private static boolean one(Course course, Race race) {
        if (race.scenario() == null) {
            throw new Refusal(race.name() + ": only a test finds it, " + race.test());
        }
        System.out.println(race.name() + ": trying " + race.scenario());
        Result result = new Trial(course).red(race);
        System.out.println(race.name() + ": " + result.got() + " (" + result.tries() + ")");
        return result.found();
    }
}
