package dev.gserver.tools.check;

import dev.gserver.tools.markdown.Page;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a check.
 *
 * @param promise what holds if there are no faults
 * @param skipped what was left out, and why
 */
record Verdict(String promise, List<Fault> faults, List<Fault> skipped) {
    /**
     * Something that is not as it should be.
     *
     * @param file from the root of the checkout
     * @param line its line; 0: it is about the whole file
     */
    record Fault(String file, int line, String text) {
        static Fault of(Page page, int line, String text) {
            return new Fault(page.name(), line, text);
        }

        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line) + ": " + text;
        }
    }

    static Verdict of(String promise, Stream<Fault> faults) {
        return new Verdict(promise, faults.toList(), List.of());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        skipped.forEach(fault -> text.append("skip  ").append(fault).append('\n'));
        text.append(faults.isEmpty() ? "ok    " : "FAIL  ").append(promise).append('\n');
        faults.forEach(fault -> text.append(fault.toString().indent(6)));
        return text.toString();
    }
}
