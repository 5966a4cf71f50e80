package dev.gserver.tools.trace;

import dev.gserver.tools.demo.Narration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A whole trace. Threads may have printed a step a little later than another that they took before: between two remarks
 * the steps are put in the order of their times.
 */
record Recording(List<Item> items) {
    /** What the trace, or the demo between its steps, has printed: one line, or some that belong together. */
    sealed interface Item permits Step, Remark {}

    /**
     * A step of the notes, as a line of the trace.
     *
     * @param subject its connection; "" if it has none
     */
    record Step(double millis, String thread, String id, String subject, String what, String raw) implements Item {
        private static final Pattern LINE = Pattern.compile("\\s*(\\d+\\.\\d+) ms {2}(\\S.*?) {2,}(.*) {2}\\[(\\S+)]");
        private static final Pattern SUBJECT = Pattern.compile("(?:(.*) of )?(connection \\d+ \\([^)]*\\)): (.*)");

        static Optional<Step> parse(String line) {
            Matcher step = LINE.matcher(line);
            if (!step.matches()) {
                return Optional.empty();
            }
            Matcher of = SUBJECT.matcher(step.group(3));
            boolean has = of.matches();
            String what = has ? (of.group(1) == null ? "" : of.group(1) + ": ") + of.group(3) : step.group(3);
            double millis = Double.parseDouble(step.group(1));
            String subject = has ? of.group(2) : "";
            return Optional.of(new Step(millis, step.group(2), step.group(4), subject, what, line.strip()));
        }
    }

    /** What stands between the steps; {@code kind} is act, client, log, hidden or text. */
    record Remark(String kind, String text) implements Item {
        private static final Pattern KINDS = Pattern.compile(
                "==> (?<act>.*)| {4}client: (?<client>.*)"
                        + "| {4}\\((?<hidden>and \\d+ more steps .*)\\)|\\d{4}-\\d\\d-\\d\\d [0-9:.]+ (?<log>[A-Z]+ .*)|(?<text>.*)");

        static Remark parse(String line) {
            Matcher remark = KINDS.matcher(line);
            remark.matches(); // text does in any case
            return Stream.of("act", "client", "hidden", "log", "text")
                    .filter(kind -> remark.group(kind) != null)
                    .findFirst()
                    .map(kind -> new Remark(kind, remark.group(kind)))
                    .orElseThrow();
        }
    }

    private static final Pattern READY = Pattern.compile("gserver (stage\\S+) listening on .*");
    private static final int MOST_STEPS = 5_000; // more than that nobody reads, and a browser draws slowly

    static Recording parse(String text) {
        List<Item> items = new ArrayList<>();
        List<Step> run = new ArrayList<>();
        int steps = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Optional<Step> step = Step.parse(line);
            if (step.isEmpty()) {
                flush(run, items);
                addRemark(steps <= MOST_STEPS ? line : "", items);
            } else if (++steps <= MOST_STEPS) {
                run.add(step.get());
            }
        }
        flush(run, items);
        if (steps > MOST_STEPS) {
            items.add(new Remark("hidden", "and " + (steps - MOST_STEPS) + " more steps: too many for one page"));
        }
        return new Recording(items);
    }

    private static void flush(List<Step> run, List<Item> items) {
        run.sort(Comparator.comparingDouble(Step::millis));
        items.addAll(run);
        run.clear();
    }

    private static void addRemark(String line, List<Item> items) {
        if (line.isBlank()) {
            return;
        }
        Remark remark = Remark.parse(line);
        int last = items.size() - 1;
        if (last >= 0
                && items.get(last) instanceof Remark before
                && before.kind().equals("act")
                && remark.kind().equals("act")) {
            items.set(last, new Remark("act", before.text() + " " + remark.text()));
        } else {
            items.add(remark);
        }
    }

    /** The same with its remarks in Chinese. */
    Recording inChinese() {
        Narration narration = new Narration();
        return new Recording(items.stream()
                .map(item -> item instanceof Remark remark
                        ? new Remark(
                                remark.kind(), narration.sentence(remark.text()).replace("\n", ""))
                        : item)
                .toList());
    }

    List<Step> steps() {
        return items.stream()
                .filter(Step.class::isInstance)
                .map(Step.class::cast)
                .toList();
    }

    /** The connections of its steps, clients before listening sockets. */
    List<String> connections() {
        return steps().stream()
                .map(Step::subject)
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(subject -> subject.contains("(port ")))
                .toList();
    }

    boolean hasClient() {
        return remarks("client").findAny().isPresent();
    }

    private Stream<String> remarks(String kind) {
        return items.stream()
                .filter(item -> item instanceof Remark remark && remark.kind().equals(kind))
                .map(item -> ((Remark) item).text());
    }

    /** The folder of the server's stage, if it has said that it is ready. */
    Optional<String> server() {
        return remarks("text")
                .map(READY::matcher)
                .filter(Matcher::matches)
                .map(ready -> ready.group(1))
                .findFirst();
    }
}
