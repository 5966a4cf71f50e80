package dev.gserver.timer;

import static dev.gserver.epoll.Connections.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Trace;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import dev.gserver.threadpool.MessageHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The monitor's thread against a clock that the test moves; opening a connection wakes the thread. */
class TimerMonitorTest {
    private static final long INTERVAL = TimeUnit.HOURS.toNanos(1);

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private final AtomicLong clock = new AtomicLong();
    private final BlockingQueue<Connection> kicked = new LinkedBlockingQueue<>();
    private final HeartbeatCheck check = new HeartbeatCheck(
            Duration.ofNanos(INTERVAL),
            (connection, sequence, reason) -> kicked.add(connection),
            new ClientWarnings(() -> 0));
    private final TimerMonitor monitor = new TimerMonitor(10, Duration.ofNanos(INTERVAL), check, clock::get);

    @AfterEach
    void close() {
        monitor.close();
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("AddToTimerQueue.1: a connection that accept brought in enters the timer queue")
    void entersTheQueue() {
        Connection connection = open(1);
        assertThat(trace.steps("AddToTimerQueue.1"))
                .extracting(Trace.Step::what)
                .containsExactly(connection + ": in the timer queue");
    }

    @Test
    @DisplayName("ServerTimerQueueMonitorThread.0: with nothing due, the thread reads both times and sleeps")
    void sleepsWhileNothingIsDue() throws Exception {
        open(1);
        clock.set(INTERVAL);
        monitor.start();
        trace.await("ServerTimerQueueMonitorThread.0", 3);
        assertThat(trace.ids("ServerTimerQueueMonitorThread"))
                .as("due at this very time is not before this time")
                .containsOnly("ServerTimerQueueMonitorThread.0");
    }

    @Test
    @DisplayName("ServerTimerQueueMonitorThread.0 ServerTimerQueueMonitorThread.1 ServerTimerQueueMonitorThread.1-1"
            + " ServerTimerQueueMonitorThread.1-2: all that is due is taken in one go, then each is checked")
    void takesAllThatIsDueInOneGo() throws Exception {
        open(1);
        open(2);
        clock.set(1);
        open(3);
        clock.set(INTERVAL);
        open(4);
        clock.set(INTERVAL + 1);
        monitor.start();
        trace.await("ServerTimerQueueMonitorThread.1-2", 3);
        awaitSleep();
        assertThat(trace.ids("ServerTimerQueueMonitorThread"))
                .startsWith(
                        "ServerTimerQueueMonitorThread.0",
                        "ServerTimerQueueMonitorThread.1",
                        "ServerTimerQueueMonitorThread.1-1",
                        "ServerTimerQueueMonitorThread.1-1",
                        "ServerTimerQueueMonitorThread.1-1",
                        "ServerTimerQueueMonitorThread.1-2",
                        "ServerTimerQueueMonitorThread.1-2",
                        "ServerTimerQueueMonitorThread.1-2",
                        "ServerTimerQueueMonitorThread.0")
                .hasSize(9);
    }

    @Test
    @DisplayName("procPingTimeOutChecking.1: silent for longer than 3 intervals is kicked, by the timer's thread")
    void kicksSilentClient() throws Exception {
        Connection silent = open(1);
        clock.set(3 * INTERVAL + 1);
        monitor.start();
        assertThat(kicked.poll(8, TimeUnit.SECONDS)).isSameAs(silent);
        assertThat(trace.steps("procPingTimeOutChecking.1"))
                .extracting(Trace.Step::thread)
                .containsOnly("timer");
    }

    @Test
    @DisplayName("only a ping is a heartbeat: the client that pinged stays, and its ping is handled as before")
    void sparesPingingClient() throws Exception {
        Connection pinging = open(1);
        Connection silent = open(2);
        MessageHandler handler = monitor.notingPings(Optional::of);
        clock.set(1);
        Message ping = message(pinging, 0);
        assertThat(handler.handle(ping)).containsSame(ping);
        clock.set(3 * INTERVAL + 1);
        monitor.start();
        assertThat(kicked.poll(8, TimeUnit.SECONDS)).isSameAs(silent);
        awaitSleep();
        assertThat(kicked).isEmpty();
    }

    @Test
    @DisplayName("a ping of the client before does not keep the next owner of its connection alive")
    void ignoresPingOfFormerOwner() throws Exception {
        Connection connection = open(1);
        Message late = message(connection, 0);
        Connections.free(connection);
        monitor.closed(connection);
        monitor.notingPings(Optional::of).handle(late);
        Connections.reopen(connection, "next");
        monitor.opened(connection);
        clock.set(1);
        monitor.notingPings(Optional::of).handle(late);
        clock.set(3 * INTERVAL + 1);
        monitor.start();
        assertThat(kicked.poll(8, TimeUnit.SECONDS)).isSameAs(connection);
    }

    @Test
    @DisplayName("a closed connection leaves the queue at once")
    void forgetsClosedConnection() throws Exception {
        Connection gone = open(1);
        Connection silent = open(2);
        monitor.closed(gone);
        clock.set(3 * INTERVAL + 1);
        monitor.start();
        assertThat(kicked.poll(8, TimeUnit.SECONDS)).isSameAs(silent);
        awaitSleep();
        assertThat(kicked).isEmpty();
        assertThat(trace.steps("GetOverTimeTimer.2-1")).hasSize(1);
    }

    @Test
    @DisplayName("the first connection wakes a thread that sleeps without an end; one that is due later does not")
    void wakesForTheFirst() throws Exception {
        monitor.start();
        trace.await("ServerTimerQueueMonitorThread.0", 1);
        awaitSleep();
        open(1);
        trace.await("ServerTimerQueueMonitorThread.0", 2);
        awaitSleep();
        int before = trace.steps("ServerTimerQueueMonitorThread.0").size();
        clock.set(5);
        open(2);
        awaitSleep();
        assertThat(trace.steps("ServerTimerQueueMonitorThread.0")).hasSize(before);
    }

    @Test
    @DisplayName("with the real clock, a silent client is kicked without anybody waking the thread")
    void wakesByItself() throws Exception {
        TimerMonitor real = new TimerMonitor(
                10,
                Duration.ofMillis(5),
                new HeartbeatCheck(
                        Duration.ofMillis(5),
                        (connection, sequence, reason) -> kicked.add(connection),
                        new ClientWarnings(() -> 0)));
        real.start();
        Connection silent = Connections.open(1, "peer");
        long start = System.nanoTime();
        real.opened(silent);
        assertThat(kicked.poll(8, TimeUnit.SECONDS)).isSameAs(silent);
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(15));
        real.close();
    }

    @Test
    @DisplayName("close ends the thread, also while it sleeps")
    void endsItsThread() throws Exception {
        open(1);
        monitor.start();
        trace.await("ServerTimerQueueMonitorThread.0", 1);
        awaitSleep();
        monitor.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("timer");
    }

    private Connection open(int index) {
        Connection connection = Connections.open(index, "peer " + index);
        monitor.opened(connection);
        return connection;
    }

    /** Waits until the timer's thread sleeps; it does so only when it has nothing left to do. */
    private static void awaitSleep() {
        Thread timer = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("timer"))
                .findFirst()
                .orElseThrow();
        while (timer.getState() != Thread.State.TIMED_WAITING
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
