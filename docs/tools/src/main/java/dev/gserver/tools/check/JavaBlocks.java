package dev.gserver.tools.check;

import dev.gserver.tools.check.Verdict.Fault;
import dev.gserver.tools.common.Folders;
import dev.gserver.tools.markdown.Page;
import dev.gserver.tools.markdown.Page.Fence;
import dev.gserver.tools.transcript.Expected;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The fence {@code java STAGE FILE}: its lines stand in that file, one after the other. */
record JavaBlocks(Repository repository) {
    /** A line that stands for lines left out. */
    static final String GAP = "(// )?" + Expected.ANYTHING;

    private static final String EXPECTED = "expected the stage and the file, such as: java stage3 ReceiveQueue.java";

    Stream<Fault> faults(Page page) {
        return page.fences().stream()
                .filter(fence -> fence.word(0).equalsIgnoreCase("java") && !fence.isSaved())
                .flatMap(fence -> fault(page, fence).stream());
    }

    private Optional<Fault> fault(Page page, Fence fence) {
        if (fence.info().split("\\s+").length != 3) {
            return fault(page, fence.line(), "'" + fence.info() + "': " + EXPECTED);
        }
        Optional<Path> folder = repository.folder(fence.word(1));
        if (folder.isEmpty()) {
            return fault(page, fence.line(), "'" + fence.word(1) + "' is no stage and no folder; " + EXPECTED);
        }
        List<Path> files = repository.find(folder.get(), fence.word(2));
        if (files.size() != 1) {
            List<String> names = files.stream().map(repository::name).toList();
            String found = files.isEmpty() ? " is not there" : " is there more than once: " + names;
            String text = fence.word(2) + found + " in " + repository.name(folder.get()) + "; " + EXPECTED;
            return fault(page, fence.line(), text);
        }
        return compare(page, fence, files.get(0));
    }

    private Optional<Fault> compare(Page page, Fence fence, Path file) {
        List<String> source = Folders.lines(file);
        int from = 0;
        int begin = 0;
        while (begin < fence.lines().size()) {
            List<String> piece = fence.lines().stream()
                    .skip(begin)
                    .takeWhile(line -> !line.strip().matches(GAP))
                    .toList();
            int found = position(piece, source, from);
            if (found < 0) {
                int good = goodLines(piece, source, from);
                String text = "not in " + repository.name(file) + (from == 0 ? "" : " after line " + from)
                        + (good == 0 ? "" : ", after the lines before it") + ": "
                        + piece.get(good).strip();
                return fault(page, fence.line() + 1 + begin + good, text);
            }
            from = found + piece.size();
            begin += piece.size() + 1;
        }
        return Optional.empty();
    }

    /** How many lines of {@code piece} are there, before the first that is not. */
    private static int goodLines(List<String> piece, List<String> source, int from) {
        int good = piece.size() - 1;
        while (good > 0 && position(piece.subList(0, good), source, from) < 0) {
            good--;
        }
        return good;
    }

    /** Where {@code piece} begins in {@code source}, whatever the indentation that its lines share; -1: nowhere. */
    private static int position(List<String> piece, List<String> source, int from) {
        String wanted = String.join("\n", piece).stripIndent();
        return IntStream.rangeClosed(from, source.size() - piece.size())
                .filter(at -> String.join("\n", source.subList(at, at + piece.size()))
                        .stripIndent()
                        .equals(wanted))
                .findFirst()
                .orElse(-1);
    }

    private static Optional<Fault> fault(Page page, int line, String text) {
        return Optional.of(Fault.of(page, line, text));
    }
}
