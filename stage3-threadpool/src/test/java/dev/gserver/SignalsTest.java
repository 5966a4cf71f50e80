package dev.gserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    @DisplayName("the first signal begins the stop, the second ends the process at once")
    void secondSignalEnds() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder(Main.class) + File.pathSeparator + folder(Stuck.class),
                        Stuck.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("ready");
            process.toHandle().destroy(); // destroy() itself would close the stream
            assertThat(lines.readLine()).isEqualTo("stopping");
            assertThat(process.isAlive()).isTrue();
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(Signals.ENDED_AT_ONCE);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String folder(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
