package dev.gserver.races;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is told of one wrong version that was tried; one JSON file each, in docs/races/target/results. Paths are from the
 * root of the repository.
 */
record Result(
        String name,
        String title,
        int stage,
        String layer,
        String chapter,
        String sentence,
        String scenario,
        Scene scene,
        boolean found,
        double seconds,
        int schedules,
        String lost,
        Prevents prevents,
        List<String> threads,
        String patch,
        String expected,
        String got,
        List<Event> events) {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    /** The line of the right version that prevents it. */
    record Prevents(String file, int line, String text) {}

    /** Where the scenario is, and what its comment says that happens in it; that may be nothing. */
    record Scene(String file, String story) {}

    /** How a scenario went. */
    record Run(boolean found, double seconds, int schedules, String expected, String got) {}

    /** Puts together what is known of {@code race} and what a run of its scenario has shown. */
    static Result of(Race race, Scene scene, Prevents prevents, Run run, Interleaving.Schedule schedule) {
        return new Result(
                race.name(),
                race.title(),
                race.stage(),
                race.layer(),
                race.chapter(),
                race.sentence(),
                race.scenario(),
                scene,
                run.found(),
                run.seconds(),
                run.schedules(),
                race.lost(),
                prevents,
                schedule.threads(),
                race.diff(),
                run.expected(),
                run.got(),
                schedule.events());
    }

    /** How much was tried. */
    String tries() {
        return schedules + (events.isEmpty() ? " tries" : " orders");
    }

    private static Path file(Course course, String name) {
        return course.target().resolve("results").resolve(name + ".json");
    }

    /** Writes it to its file. */
    void write(Course course) {
        Path file = file(course, name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, GSON.toJson(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written of {@code race} last. */
    static Result read(Course course, Race race) {
        return GSON.fromJson(String.join("\n", Course.linesOf(file(course, race.name()))), Result.class);
    }
}
