package dev.gserver.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final long FOREVER = 3_600_000;

    private final LogRecorder log = new LogRecorder();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::awaitEnd, "hangs");

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void endAll() throws InterruptedException {
        end.countDown();
        thread.join();
        log.close();
    }

    @Test
    @DisplayName("a thread that ends is waited for, without a word")
    void waitsForTheEnd() {
        thread.start();
        Thread waiting = Thread.currentThread();
        new Thread(() -> {
                    while (waiting.getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                    end.countDown();
                })
                .start();
        Threads.join(thread, FOREVER);
        assertThat(thread.isAlive()).isFalse();
        assertThat(log.records()).isEmpty();
    }

    @Test
    @DisplayName("a thread that hangs is left behind when the time is over, also when there is none left: one warning")
    void leavesBehindWhatHangs() {
        thread.start();
        Threads.join(thread, 0);
        assertThat(log.texts(Level.WARNING)).containsExactly("hangs has not ended and is left behind");
    }

    @Test
    @DisplayName("who is interrupted while it waits goes on at once, and stays interrupted")
    void staysInterrupted() {
        thread.start();
        Thread.currentThread().interrupt();
        Threads.join(thread, FOREVER);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thread.isInterrupted()).isFalse();
    }
}
