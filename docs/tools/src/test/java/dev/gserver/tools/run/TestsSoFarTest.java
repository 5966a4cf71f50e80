package dev.gserver.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestsSoFarTest {
    private final TestsSoFar soFar = new TestsSoFar(41);

    @Test
    @DisplayName("which test class it is at, of how many, and how many tests have failed")
    void tellsHowFarItIs() {
        assertThat(soFar).hasToString("building");
        soFar.hear("[INFO] Running dev.gserver.send.OutboxTest");
        assertThat(soFar).hasToString("test class 1 of 41, OutboxTest, no test failed so far");
        soFar.hear("[ERROR] Tests run: 9, Failures: 2, Errors: 1, Skipped: 0, Time elapsed: 1.5 s <<< FAILURE!"
                + " -- in dev.gserver.send.OutboxTest");
        assertThat(soFar).hasToString("test class 1 of 41, OutboxTest, 3 tests failed so far");
        soFar.hear("[INFO] Running dev.gserver.send.SendQueueTest");
        assertThat(soFar).hasToString("test class 2 of 41, SendQueueTest, 3 tests failed so far");
        soFar.hear("[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s"
                + " -- in dev.gserver.send.SendQueueTest");
        soFar.hear("[ERROR] Tests run: 14, Failures: 2, Errors: 1, Skipped: 0");
        assertThat(soFar).hasToString("test class 2 of 41, SendQueueTest, 3 tests failed so far");
    }
}
