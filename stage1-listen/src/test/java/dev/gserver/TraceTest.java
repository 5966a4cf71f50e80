package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TraceTest {
    @AfterEach
    void turnOff() {
        Trace.listen(null);
    }

    @Test
    @DisplayName("a listener gets id, thread, subject and what happened, with its number")
    void reportsSteps() {
        List<Trace.Step> steps = new ArrayList<>();
        Trace.listen(steps::add);
        Trace.step("id.1", "subject", "done");
        Trace.step("id.2", "subject", "counted", 3);
        assertThat(steps).extracting(Trace.Step::id).containsExactly("id.1", "id.2");
        assertThat(steps).extracting(Trace.Step::what).containsExactly("subject: done", "subject: counted 3");
        assertThat(steps)
                .extracting(Trace.Step::thread)
                .containsOnly(Thread.currentThread().getName());
        assertThat(steps.get(1).nanos()).isGreaterThanOrEqualTo(steps.get(0).nanos());
    }

    @Test
    @DisplayName("off, it does not even ask the subject for its name")
    void costsNothingWhenOff() {
        Object subject = new Object() {
            @Override
            public String toString() {
                throw new AssertionError("asked");
            }
        };
        Trace.step("id.1", subject, "done");
        Trace.step("id.1", subject, "done", 1);
    }

    @Test
    @DisplayName("printed, a step is one line: time, thread, id, what happened")
    void printsOneLine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Trace.printTo(new PrintStream(out, true, StandardCharsets.UTF_8));
        Trace.step("id.1", "subject", "done");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches(" *\\d+\\.\\d\\d ms  " + Thread.currentThread().getName() + " +id\\.1 +subject: done\\R");
    }
}
