package dev.gserver.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void turnOff() {
        Trace.listen(null);
        Locale.setDefault(before);
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

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "ar-EG", "tr-TR", "zh-CN"})
    @DisplayName("printed, a step is one line with ASCII digits, in every language: time, thread, id, what happened")
    void printsOneLine(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Trace.listen(new PrintStream(out, true, StandardCharsets.UTF_8)::println);
        Trace.step("id.1", "subject", "done");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches(" *[0-9]+\\.[0-9][0-9] ms  " + Thread.currentThread().getName()
                        + " +subject: done  \\[id\\.1]\\R");
    }
}
