package dev.gserver.tools.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.tools.RealServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class ShutdownTest {
    private static final int BY_SIGTERM = 128 + 15;

    /** Is in the middle of its work when the signal comes. */
    static final class Writer {
        public static void main(String[] words) throws IOException {
            CountDownLatch written = new CountDownLatch(1);
            Shutdown.prepare();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(written)));
            Scratch scratch = new Scratch();
            Path file = scratch.folder().resolve("a/b");
            Shutdown.whole(() -> {
                System.out.println(scratch.folder());
                while (Files.exists(scratch.folder()) && !shutdownWaits()) {
                    Thread.onSpinWait();
                }
                Folders.write(file, "");
            });
            written.countDown();
            Shutdown.whole(() -> System.out.println("this is said no more"));
        }

        private static boolean shutdownWaits() {
            return Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(
                            thread -> thread.getName().equals("shutdown") && thread.getState() == Thread.State.WAITING);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Waits for a program that it has started. */
    static final class Starter {
        public static void main(String[] words) throws Exception {
            Shutdown.prepare();
            Process other = new ProcessBuilder("sleep", "1000").start();
            System.out.println(other.pid());
            other.waitFor();
        }
    }

    /** Ends the program by a signal as soon as it has said something; returns all that it says. */
    private static String endedBySignal(Class<?> program) throws Exception {
        Process process = RealServer.program(program).redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String said = out.readLine();
            process.toHandle().destroy(); // which leaves its streams open
            assertThat(process.waitFor()).isEqualTo(BY_SIGTERM);
            return said + out.lines().reduce("", String::concat);
        }
    }

    @Test
    @DisplayName("what is written when the signal comes is written whole, then deleted; nothing is begun after that")
    void deletesFolders() throws Exception {
        String said = endedBySignal(Writer.class);
        assertThat(said).doesNotContain("could not be deleted", "this is said no more");
        assertThat(Path.of(said)).doesNotExist();
    }

    @Test
    @DisplayName("a program that was started ends too")
    void endsPrograms() throws Exception {
        String said = endedBySignal(Starter.class);
        assertThat(ProcessHandle.of(Long.parseLong(said)).filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
