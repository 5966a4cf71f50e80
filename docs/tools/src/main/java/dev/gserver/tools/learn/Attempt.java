package dev.gserver.tools.learn;

import dev.gserver.tools.exercise.Hole;
import dev.gserver.tools.exercise.Ladder;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.exercise.StageTests.Case;
import dev.gserver.tools.learn.Code.Problem;
import dev.gserver.tools.learn.Places.Place;
import dev.gserver.tools.learn.vm.Wire.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * What came of one run of a learner's code.
 *
 * @param texts the learner's files, by path
 * @param problems why it does not compile
 * @param tests all of the stage's rungs; those that were run have a result
 */
public record Attempt(List<Rung> rungs, Map<String, String> texts, List<Problem> problems, List<Tested> tests) {
    /** @param result null if it was not run */
    public record Tested(Rung rung, Case test, Result result) {
        Tested with(Result newResult) {
            return new Tested(rung, test, newResult);
        }

        boolean passed() {
            return result != null && result.passed();
        }
    }

    /** Whether there is still a hole for the body. */
    boolean isMissing(String body) {
        return texts.values().stream().anyMatch(text -> Hole.find(text, body) >= 0);
    }

    List<String> missing(Rung rung) {
        return rung.bodies().stream().filter(this::isMissing).toList();
    }

    /** The first test that failed; rather one that has not run any body that is missing. */
    Optional<Tested> failed() {
        List<Tested> failed = tests.stream()
                .filter(each -> each.result() != null && !each.passed())
                .toList();
        return failed.stream()
                .filter(each -> each.result().bodies().stream().noneMatch(this::isMissing))
                .findFirst()
                .or(() -> failed.stream().findFirst());
    }

    /** The body whose hole the first failed test has run into, or the server that it asked, if that is why it failed. */
    Optional<String> hole() {
        return failed().stream()
                .flatMap(failed ->
                        Stream.of(failed.result().thrown(), failed.result().logged()))
                .filter(Objects::nonNull)
                .map(thrown -> Hole.TEXT.matcher(thrown.message()))
                .filter(Matcher::find)
                .map(hole -> hole.group(1))
                .findFirst();
    }

    /** The body to write next; if all of the rung at hand are written, the one where it fails. */
    Optional<String> bodyAtHand() {
        return atHand().map(rung -> {
            List<String> missing = missing(rung);
            List<String> bodies = new Ladder(rungs).bodies();
            return missing.stream()
                    .findFirst()
                    .or(() -> failed().stream()
                            .flatMap(failed -> new Places(texts).of(failed.result()).stream())
                            .map(Place::method)
                            .filter(bodies::contains)
                            .findFirst())
                    .orElse(rung.bodies().get(0));
        });
    }

    public boolean isGreen(Rung rung) {
        return missing(rung).isEmpty() && of(rung).stream().allMatch(Tested::passed);
    }

    private List<Tested> of(Rung rung) {
        return tests.stream().filter(each -> each.rung().equals(rung)).toList();
    }

    /** The first rung that is not green; none: all are. */
    public Optional<Rung> atHand() {
        return rungs.stream().filter(rung -> !isGreen(rung)).findFirst();
    }

    /** Whether there is nothing left to do. */
    public boolean isAllGreen() {
        return problems.isEmpty() && atHand().isEmpty();
    }

    /** The ids of the steps that the code was heard to carry out. */
    Set<String> steps() {
        Set<String> steps = new HashSet<>();
        tests.stream()
                .filter(each -> each.result() != null)
                .forEach(each -> steps.addAll(each.result().steps()));
        return steps;
    }

    /**
     * Those of {@code begun} that were green, and of whose bodies that their tests have run none is written anew in {@code
     * now}; none if something else than bodies has changed.
     */
    List<Rung> stillGreen(List<Rung> begun, Map<String, String> now) {
        List<String> bodies = new Ladder(rungs).bodies();
        Set<String> changed = Code.changed(texts, now, bodies);
        return begun.stream()
                .filter(rung -> isGreen(rung) && bodies.containsAll(changed))
                .filter(rung -> of(rung).stream()
                        .flatMap(each -> each.result().bodies().stream())
                        .noneMatch(changed::contains))
                .toList();
    }

    /** With the results of the rungs {@code kept} as they were in {@code before}. */
    Attempt keeping(List<Rung> kept, Attempt before) {
        List<Tested> all = new ArrayList<>();
        kept.forEach(rung -> all.addAll(before.of(rung)));
        tests.stream().filter(each -> !kept.contains(each.rung())).forEach(all::add);
        all.sort(Comparator.comparingInt(each -> each.rung().number()));
        return new Attempt(rungs, texts, problems, all);
    }

    /** What the tests look at first: up to the rung of which nothing is written yet. */
    static List<Rung> begun(List<Rung> rungs, Map<String, String> texts) {
        Attempt before = new Attempt(rungs, texts, List.of(), List.of());
        return rungs.stream()
                .takeWhile(rung -> before.missing(rung).size() < rung.bodies().size())
                .toList();
    }
}
