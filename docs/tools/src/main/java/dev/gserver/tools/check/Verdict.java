package dev.gserver.tools.check;

import java.util.List;
import java.util.stream.Stream;

/**
 * What came of a check.
 *
 * @param promise what holds if there are no faults
 * @param skipped what was left out, and why
 */
record Verdict(String promise, List<Fault> faults, List<Fault> skipped) {
    static Verdict of(String promise, List<Fault> faults) {
        return new Verdict(promise, faults, List.of());
    }

    static Verdict of(String promise, Stream<Fault> faults) {
        return of(promise, faults.toList());
    }

    boolean isGood() {
        return faults.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        skipped.forEach(fault -> text.append("skip  ").append(fault).append('\n'));
        text.append(isGood() ? "ok    " : "FAIL  ").append(promise).append('\n');
        faults.forEach(fault -> text.append(fault.toString().indent(6)));
        return text.toString();
    }
}
