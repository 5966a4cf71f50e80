package dev.gserver.tools.race;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.google.gson.Gson;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.common.Project;
import dev.gserver.tools.common.Template;
import dev.gserver.tools.race.Race.Event;
import dev.gserver.tools.trace.TracePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A race as one HTML page, to step through: a lane for each thread, and the code of both versions beside it. */
final class RacePage {
    private static final int NOWHERE = -1;

    private final Project project;
    private final Race race;

    RacePage(Project project, Race race) {
        this.project = project;
        this.race = race;
    }

    /**
     * A file in both versions.
     *
     * @param counterparts for each line of the wrong version its number in the right one, from 0; -1 if it is not there
     * @param added the lines that only the right version has, from 0
     */
    private record Source(List<String> wrong, List<String> right, List<Integer> counterparts, List<Integer> added) {
        static Source of(List<String> wrong, List<String> right) {
            Source source = new Source(wrong, right, new ArrayList<>(), new ArrayList<>());
            int next = 0;
            for (AbstractDelta<String> delta : DiffUtils.diff(wrong, right).getDeltas()) {
                next = source.addSame(next, delta.getSource().getPosition());
                delta.getSource().getLines().forEach(line -> source.counterparts.add(NOWHERE));
                for (String line : delta.getTarget().getLines()) {
                    source.added.add(next++);
                }
            }
            source.addSame(next, wrong.size());
            return source;
        }

        private int addSame(int from, int end) {
            int next = from;
            while (counterparts.size() < end) {
                counterparts.add(next++);
            }
            return next;
        }
    }

    String html() {
        List<Integer> steps = new Essence(race.events()).indices();
        return Template.fill(
                project.texts(),
                RacePage.class,
                "page.html",
                Map.of(
                        "title",
                        project.texts().get("race.page", race.name()),
                        "style",
                        Template.text(TracePage.class, "page.css") + Template.text(RacePage.class, "page.css"),
                        "script",
                        Template.text(TracePage.class, "common.js") + Template.text(RacePage.class, "page.js"),
                        "data",
                        new Gson()
                                .toJson(Map.of(
                                        "texts",
                                        project.texts().all("race."),
                                        "race",
                                        race,
                                        "steps",
                                        steps,
                                        "sources",
                                        sources()))));
    }

    private Map<String, Source> sources() {
        Map<String, Source> sources = new LinkedHashMap<>();
        Path changed = project.docs()
                .resolve("races/target/work/wrong")
                .resolve(race.name())
                .resolve("src");
        Stream.concat(
                        race.steps().stream().map(Event::file),
                        Stream.of(race.prevents().file()))
                .filter(file -> file != null && Files.exists(project.home().resolve(file)))
                .distinct()
                .forEach(file -> {
                    List<String> right = Folders.lines(project.home().resolve(file));
                    Path wrong = changed.resolve(file);
                    sources.put(file, Source.of(Files.exists(wrong) ? Folders.lines(wrong) : right, right));
                });
        return sources;
    }
}
