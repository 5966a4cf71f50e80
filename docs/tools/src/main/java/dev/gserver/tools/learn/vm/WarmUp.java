package dev.gserver.tools.learn.vm;

import org.junit.jupiter.api.Test;

/** A test that loads JUnit and AssertJ. */
final class WarmUp {
    @Test
    void passes() throws ReflectiveOperationException {
        Class.forName("org.assertj.core.api.Assertions")
                .getMethod("assertThat", Object.class)
                .invoke(null, "");
    }
}
