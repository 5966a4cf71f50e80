package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.TestLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The check, and the event loop, which the test drives, so that it closes what it is asked to. */
class HeartbeatCheckTest {
    private static final long INTERVAL = Duration.ofMillis(10).toNanos();
    private static final long TOO_LATE = 7 + 3 * INTERVAL + 1;

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private final TestLoop loop = new TestLoop();
    private final HeartbeatCheck check = new HeartbeatCheck(Duration.ofNanos(INTERVAL));
    private final Client client = client(3, "peer");
    private final TimerEntry entry = new TimerEntry(client, 7);

    HeartbeatCheckTest() throws IOException {}

    @AfterEach
    void close() {
        loop.close();
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("procPingTimeOutChecking.1: no ping for longer than 3 intervals, closed with a warning")
    void kicksSilentClient() throws Exception {
        check.check(entry, TOO_LATE);
        assertThat(client.hasLeft()).as("closed by the timer's thread").isFalse();
        runTasks();
        assertThat(client.hasLeft()).isTrue();
        assertThat(check.kicks()).isEqualTo(1);
        assertThat(trace.steps("procPingTimeOutChecking.1").get(0).what())
                .isEqualTo(client + ": kicked, milliseconds without a ping: 30");
        assertThat(log.texts(Level.WARNING)).containsExactly("peer: closed: no ping for 30 ms");
    }

    @Test
    @DisplayName("the time counts from the last ping; exactly 3 intervals are not longer than 3 intervals")
    void countsFromTheLastPing() throws Exception {
        entry.pinged(100);
        check.check(entry, 100 + 3 * INTERVAL);
        assertSpared(client);
        check.check(entry, 100 + 3 * INTERVAL + 1);
        runTasks();
        assertThat(client.hasLeft()).isTrue();
    }

    @Test
    @DisplayName("a client is kicked once, however long the event loop takes to close it")
    void kicksOnce() throws Exception {
        check.check(entry, TOO_LATE);
        check.check(entry, TOO_LATE + INTERVAL);
        runTasks();
        assertThat(check.kicks()).isEqualTo(1);
        assertThat(trace.ids("procPing")).hasSize(1);
        assertThat(log.texts(Level.WARNING)).hasSize(1);
    }

    @Test
    @DisplayName("every silent client is kicked, ten a second are warned of")
    void limitsWarnings() throws Exception {
        for (int i = 0; i < 11; i++) {
            Client silent = client(10 + i, "peer " + i);
            check.check(new TimerEntry(silent, 7), TOO_LATE);
            runTasks();
            assertThat(silent.hasLeft()).isTrue();
        }
        assertThat(log.texts(Level.WARNING)).hasSize(10);
    }

    @Test
    @DisplayName("a client that has left is not kicked, nor is the next owner of its place")
    void leavesAlonePlacesThatChanged() throws Exception {
        Connections.leave(client);
        Client next = Connections.next(client, "next");
        check.check(entry, TimerQueue.NEVER);
        assertSpared(next);
    }

    @Test
    @DisplayName("a client that leaves while it is kicked: the next owner of its place stays")
    void leavesAlonePlacesThatChangeLater() throws Exception {
        List<Client> next = new ArrayList<>();
        Trace.listen(step -> {
            if (step.id().equals("procPingTimeOutChecking.1")) {
                Connections.leave(client);
                next.add(Connections.next(client, "next"));
            }
        });
        check.check(entry, TOO_LATE);
        runTasks();
        assertThat(next).singleElement().returns(false, Client::hasLeft);
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    private void assertSpared(Client spared) throws IOException {
        runTasks();
        assertThat(spared.hasLeft()).isFalse();
        assertThat(check.kicks()).isZero();
        assertThat(trace.ids("procPing")).isEmpty();
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    /** Has the event loop do what it was given until now. */
    private void runTasks() throws IOException {
        AtomicBoolean done = new AtomicBoolean();
        loop.eventLoop.execute(() -> done.set(true));
        loop.processUntil(done::get);
    }

    private Client client(int index, String peer) {
        return Connections.client(index, peer, loop.eventLoop.clients());
    }
}
