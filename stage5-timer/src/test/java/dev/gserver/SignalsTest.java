package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SignalsTest {
    /** A program whose stop never ends. */
    static final class Stuck {
        private Stuck() {}

        public static void main(String[] args) throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            Signals.onEnd(() -> {
                System.out.println("stopping");
                try {
                    never.await();
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            });
            System.out.println("ready");
            never.await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    @DisplayName("the first signal begins the stop, the second ends the process at once")
    void secondSignalEnds(String signal) throws Exception {
        Process process = JavaProcess.start(Stuck.class.getName());
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            JavaProcess.signal(process, signal);
            assertThat(lines.readLine()).isEqualTo("stopping");
            assertThat(process.isAlive()).isTrue();
            JavaProcess.signal(process, signal);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }
}
