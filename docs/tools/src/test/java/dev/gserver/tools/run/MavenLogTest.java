package dev.gserver.tools.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MavenLogTest {
    /** A process that prints a text and then hangs, until it is destroyed. */
    private static final class Hanging extends Process {
        private final CountDownLatch destroyed = new CountDownLatch(1);
        private final InputStream out;

        Hanging(String text, boolean hangs) {
            InputStream end = new InputStream() {
                @Override
                public int read() throws IOException {
                    try {
                        destroyed.await();
                        return -1;
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            };
            InputStream printed = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            out = hangs ? new SequenceInputStream(printed, end) : printed;
        }

        @Override
        public InputStream getInputStream() {
            return out;
        }

        @Override
        public void destroy() {
            destroyed.countDown();
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return Stream.empty();
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return 0;
        }

        @Override
        public int exitValue() {
            return 0;
        }
    }

    @Test
    @DisplayName("each line is told as it comes")
    void tellsLines() throws InterruptedException {
        List<String> told = new ArrayList<>();
        MavenLog log = new MavenLog(new Hanging("one\ntwo\n", false), Duration.ofMinutes(1));
        assertThat(log.follow(told::add)).isTrue();
        assertThat(told).containsExactly("one", "two").isEqualTo(log.lines());
    }

    @Test
    @DisplayName("a build that says nothing any more is ended")
    void endsWhatHangs() throws InterruptedException {
        Hanging maven = new Hanging("", true);
        assertThat(new MavenLog(maven, Duration.ofMillis(1)).follow(line -> {})).isFalse();
        assertThat(maven.destroyed.getCount()).isZero();
    }

    @Test
    @DisplayName("the test class that runs is known, and how many are done")
    void knowsWhatRuns() {
        TestProgress progress = new TestProgress(null, 2);
        progress.line("[INFO] Running dev.gserver.epoll.EventLoopTest");
        assertThat(progress.running()).contains("EventLoopTest");
        progress.line(
                "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.2 s -- in dev.gserver.A");
        assertThat(progress.running()).isEmpty();
    }
}
