package dev.gserver.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gserver.LogRecorder;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientWarningsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @AutoClose
    private final LogRecorder log = new LogRecorder();

    private long now;
    private final ClientWarnings warnings = new ClientWarnings(() -> now);

    @Test
    @DisplayName(
            "ten warnings a second are logged, in order and at level WARNING; the text of more is not even asked for")
    void logsTenASecond() {
        warn(10);
        now = SECOND - 1;
        warnings.warn(() -> fail("asked for"));
        assertThat(log.records()).hasSize(10);
        assertThat(logged())
                .isEqualTo(IntStream.range(0, 10).mapToObj(i -> "warning " + i).toList());
    }

    @Test
    @DisplayName("the first line after a gap says how many were left out, and every gap has a count of its own")
    void countsEachGapAnew() {
        warn(13);
        now = SECOND;
        warn(11);
        assertThat(logged().subList(10, 12))
                .containsExactly("warning 0 (3 more warnings were left out before this one)", "warning 1");
        now = 2 * SECOND;
        warn(1);
        assertThat(logged()).hasSize(21).last().asString().endsWith("(1 more warnings were left out before this one)");
    }

    @Test
    @DisplayName("the next second begins with its first warning, not at a beat of the clock")
    void movesTheWindow() {
        now = SECOND + SECOND / 2;
        warn(10);
        now = 2 * SECOND + SECOND / 2 - 1;
        warn(1);
        assertThat(logged()).hasSize(10);
        now = 2 * SECOND + SECOND / 2;
        warn(1);
        assertThat(logged()).hasSize(11);
    }

    @Test
    @DisplayName("a quiet second saves nothing up")
    void savesNothingUp() {
        warn(5);
        now = SECOND;
        warn(11);
        assertThat(logged()).hasSize(15);
    }

    @Test
    @DisplayName("nanoTime may overflow, within a second and between two")
    void keepsTheWindowOverAnOverflow() {
        now = Long.MAX_VALUE - 1;
        warn(10);
        now += 10;
        warn(1);
        assertThat(logged()).hasSize(10);
        now += SECOND;
        warn(1);
        assertThat(logged()).hasSize(11);
    }

    @Test
    @DisplayName("threads that warn at the same time share the ten, and none is lost from the count")
    void countsAcrossThreads() throws Exception {
        CyclicBarrier together = new CyclicBarrier(4);
        FutureTask<?>[] tasks = new FutureTask<?>[4];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = new FutureTask<>(() -> {
                together.await();
                warn(50_000);
                return null;
            });
            new Thread(tasks[i]).start();
        }
        for (FutureTask<?> task : tasks) {
            task.get();
        }
        assertThat(logged()).hasSize(10);
        now = SECOND;
        warn(1);
        assertThat(logged()).last().asString().contains("(199990 more warnings");
    }

    @Test
    @DisplayName("an error is logged with its stack, and is one of the ten")
    void countsErrorsToo() {
        RuntimeException failure = new IllegalStateException("on purpose");
        warn(9);
        warnings.error(() -> "failed", failure);
        warnings.error(() -> fail("asked for"), failure);
        warn(1);
        assertThat(log.texts(Level.SEVERE)).containsExactly("failed");
        assertThat(log.records()).hasSize(10).last().satisfies(record -> assertThat(record.getThrown())
                .isSameAs(failure));
    }

    private void warn(int times) {
        for (int i = 0; i < times; i++) {
            String text = "warning " + i;
            warnings.warn(() -> text);
        }
    }

    private List<String> logged() {
        return log.texts(Level.WARNING);
    }
}
