package dev.gserver.tools.check;

import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.Project.Stage;
import dev.gserver.tools.exercise.Body;
import dev.gserver.tools.exercise.Rung;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.markdown.Page.Heading;
import dev.gserver.tools.markdown.Page.Quote;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The boxes "Write it now" of a chapter, in both languages: one for each rung, in its section, in the order of the rungs.
 * A box is a quotation that names the rung, the command, and two of the rung's tests. What answers a rung is folded.
 */
record Boxes(Repository repository) {
    private static final String COMMAND = "./course learn ";

    Stream<Fault> faults() {
        return repository.stages().stream()
                .flatMap(stage -> repository.page(Path.of("docs", stage.name() + ".md")).stream()
                        .flatMap(chapter -> faults(stage, chapter)));
    }

    private Stream<Fault> faults(Stage stage, Page chapter) {
        List<Rung> rungs = repository.rungs(stage);
        Optional<Page> twin = Repository.translationOf(chapter).map(Path::of).flatMap(repository::page);
        return Stream.concat(Stream.of(chapter), twin.stream())
                .flatMap(page -> Stream.concat(faults(rungs, chapter, page), openAnswers(stage, rungs, page)));
    }

    private Stream<Fault> openAnswers(Stage stage, List<Rung> rungs, Page page) {
        List<Body> answers = Body.in(repository.sources(stage.main())).stream()
                .filter(body -> rungs.stream().anyMatch(rung -> rung.bodies().contains(body.name())))
                .toList();
        return page.fences().stream()
                .filter(fence -> fence.word(0).equals("java") && !fence.isSaved() && !fence.isFolded())
                .flatMap(fence -> answers.stream()
                        .filter(body -> flat(body.text().lines()).contains(begin(fence)))
                        .limit(1)
                        .map(body ->
                                Fault.of(page, fence.line(), "answers " + body.name() + "; expected in <details>")));
    }

    private static String begin(Fence fence) {
        return flat(fence.lines().stream().takeWhile(line -> !line.strip().matches(JavaBlocks.GAP)));
    }

    private static String flat(Stream<String> lines) {
        return lines.map(String::strip).collect(Collectors.joining("\n"));
    }

    private static Stream<Fault> faults(List<Rung> rungs, Page chapter, Page page) {
        List<Quote> boxes = page.quotes().stream()
                .filter(quote -> quote.codes().stream().anyMatch(code -> code.startsWith(COMMAND)))
                .toList();
        if (boxes.size() != rungs.size()) {
            String text = boxes.size() + " boxes with " + COMMAND + "…, expected one for each rung: " + rungs.size();
            return Stream.of(Fault.of(page, 1, text));
        }
        return IntStream.range(0, boxes.size())
                .boxed()
                .flatMap(i -> fault(rungs.get(i), chapter, page, boxes.get(i)).stream());
    }

    private static Optional<Fault> fault(Rung rung, Page chapter, Page page, Quote box) {
        String text = !isIn(rung.section(), chapter.headings(), page.headings(), box)
                ? "expected in the section #" + rung.section() + ": the box of the rung " + rung.name()
                : !says(rung, command(rung, page), box.codes())
                        ? box.codes() + ": expected `" + rung.name() + "`, `" + command(rung, page)
                                + "`, two tests of this rung"
                        : "";
        return text.isEmpty() ? Optional.empty() : Optional.of(Fault.of(page, box.line(), text));
    }

    /** Both languages have the same headings in the same order, and {@code section} is the anchor of an English one. */
    private static boolean isIn(String section, List<Heading> english, List<Heading> headings, Quote box) {
        int level = Integer.MAX_VALUE; // of the innermost headings above that the box stands in
        boolean found = false;
        for (int i = Math.min(english.size(), headings.size()) - 1; i >= 0; i--) {
            if (headings.get(i).line() < box.line() && headings.get(i).level() < level) {
                level = headings.get(i).level();
                found |= english.get(i).anchor().equals(section);
            }
        }
        return found;
    }

    private static boolean says(Rung rung, String command, List<String> codes) {
        List<String> tests = codes.subList(Math.min(2, codes.size()), codes.size());
        boolean hasOne = rung.tests().size() == 1 && rung.tests().get(0).contains(".");
        return codes.subList(0, codes.size() - tests.size()).equals(List.of(rung.name(), command))
                && new HashSet<>(tests).size() == (hasOne ? 1 : 2)
                && tests.stream().allMatch(test -> isOf(rung, test));
    }

    private static boolean isOf(Rung rung, String test) {
        return test.matches("\\w+\\.\\w+")
                && (rung.tests().contains(test) || rung.tests().contains(test.replaceFirst("\\..*", "")));
    }

    private static String command(Rung rung, Page page) {
        return COMMAND + rung.stage() + " my-stage" + rung.stage()
                + (Repository.isTranslation(page) ? Twins.IN_CHINESE : "");
    }
}
