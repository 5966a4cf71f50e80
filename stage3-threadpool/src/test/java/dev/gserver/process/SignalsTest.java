package dev.gserver.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals to a program whose stop takes as long as the test likes. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {
    /** A program whose stop, of so many milliseconds at most, ends when it can read something. */
    static final class Slow {
        private Slow() {}

        public static void main(String[] args) throws InterruptedException {
            Signals.onEnd(Slow::stop, Duration.ofMillis(Long.parseLong(args[0])));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            System.out.println("ready");
            new CountDownLatch(1).await();
        }

        private static void stop() {
            System.out.println("stopping");
            try {
                System.out.println(System.in.read() < 0 ? "nothing to read" : "stopped");
            } catch (IOException e) {
                System.out.println(e);
            }
        }
    }

    private Process process;
    private BufferedReader lines;

    private void start(Duration most) throws Exception {
        process = JavaProcess.start(Slow.class.getName(), Long.toString(most.toMillis()));
        lines = process.inputReader();
        assertThat(lines.readLine()).isEqualTo("ready");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    private void endStop() throws IOException {
        process.outputWriter().append('\n').flush();
    }

    private void assertExit(int code) throws InterruptedException {
        assertThat(process.waitFor()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    @DisplayName("a signal runs the stop to its end, and ends the process in good order: shutdown hooks, exit code 0")
    void stops(String signal) throws Exception {
        start(Duration.ofMinutes(1));
        JavaProcess.signal(process.pid(), signal);
        assertThat(lines.readLine()).isEqualTo("stopping");
        endStop();
        assertThat(lines.lines()).containsExactly("stopped", "hook");
        assertExit(0);
    }

    @ParameterizedTest
    @CsvSource({"HUP, HUP", "HUP, TERM", "TERM, INT"})
    @DisplayName("signals that come together are one: one stop, which runs to its end, exit code 0")
    void takesSignalsTogether(String one, String other) throws Exception {
        start(Duration.ofMinutes(1));
        JavaProcess.signal(process.pid(), one, other);
        assertThat(lines.readLine()).isEqualTo("stopping");
        assertThat(process.waitFor(300, TimeUnit.MILLISECONDS))
                .as("ended by the second")
                .isFalse();
        endStop();
        assertThat(lines.lines()).containsExactly("stopped", "hook");
        assertExit(0);
    }

    @ParameterizedTest
    @CsvSource({"INT, INT", "TERM, INT", "HUP, TERM"})
    @DisplayName("a second signal a while after the first ends the process at once, exit code 130")
    void endsAtOnce(String first, String second) throws Exception {
        start(Duration.ofMinutes(1));
        JavaProcess.signal(process.pid(), first);
        assertThat(lines.readLine()).isEqualTo("stopping");
        assertThat(process.waitFor(Signals.TOGETHER.toMillis() + 100, TimeUnit.MILLISECONDS))
                .isFalse();
        JavaProcess.signal(process.pid(), second);
        assertExit(130);
        assertThat(lines.lines()).isEmpty();
    }

    @Test
    @DisplayName("a stop that does not come to its end is ended when its time is over, exit code 1")
    void endsAStopThatHangs() throws Exception {
        start(Duration.ofMillis(200));
        JavaProcess.signal(process.pid(), "TERM");
        assertThat(lines.readLine()).isEqualTo("stopping");
        assertExit(1);
    }
}
