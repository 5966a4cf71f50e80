package dev.gserver.timer;

import static dev.gserver.epoll.Connections.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.description;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.TraceGate;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.TestLoop;
import dev.gserver.threadpool.MessageHandler;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The monitor's thread against a clock that the test moves, and which overflows soon; a client that comes wakes the
 * thread. The test drives the event loop.
 */
@Timeout(30)
class TimerMonitorTest {
    private static final long INTERVAL = TimeUnit.HOURS.toNanos(1);
    private static final long START = Long.MAX_VALUE - 2 * INTERVAL;

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private final TestLoop loop = new TestLoop();
    private final AtomicLong clock = new AtomicLong(START);
    private final TimerMonitor monitor = new TimerMonitor(1_001, Duration.ofNanos(INTERVAL), check(), clock::get);

    TimerMonitorTest() throws IOException {}

    @AfterEach
    void close() {
        monitor.close();
        loop.close();
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("AddToTimerQueue.1: a client that accept brought in enters the timer queue")
    void entersTheQueue() {
        Client client = open(1);
        assertThat(trace.steps("AddToTimerQueue.1"))
                .extracting(Trace.Step::what)
                .containsExactly(client + ": in the timer queue");
        assertThat(monitor.entries()).isEqualTo(1);
    }

    @Test
    @DisplayName("a client that could not be let in leaves nothing in the queue")
    void keepsNothingOfAClientThatFailed() {
        Trace.listen(step -> {
            throw new IllegalStateException("on purpose");
        });
        assertThatThrownBy(() -> open(1)).hasMessage("on purpose");
        assertThat(monitor.entries()).isZero();
    }

    @Test
    @DisplayName("ServerTimerQueueMonitorThread.0: with nothing due, the thread reads both times and sleeps")
    void sleepsWhileNothingIsDue() throws Exception {
        open(1);
        setTime(INTERVAL);
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
        setTime(1);
        open(3);
        setTime(INTERVAL);
        open(4);
        setTime(INTERVAL + 1);
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
    @DisplayName("1,000 clients are due: one that comes meanwhile waits for 256 of them at most, and all are checked")
    void letsTheEventLoopInBetween() throws Exception {
        for (int index = 0; index < 1_000; index++) {
            open(index);
        }
        setTime(INTERVAL + 1);
        Thread newcomer = new Thread(() -> open(1_000));
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger takenBefore = new AtomicInteger();
        Set<String> checked = new HashSet<>(); // by the first 1,000 checks
        CountDownLatch checks = new CountDownLatch(1_000);
        Trace.listen(step -> {
            switch (step.id()) {
                case "GetOverTimeTimer.2-3" -> {
                    if (taken.incrementAndGet() == 1) { // by the timer's thread, which holds the mutex
                        newcomer.start();
                        awaitState(newcomer, Thread.State.WAITING);
                    }
                }
                case "AddToTimerQueue.1" -> takenBefore.set(taken.get());
                case "ServerTimerQueueMonitorThread.1-2" -> {
                    if (checks.getCount() > 0) {
                        checked.add(step.what());
                    }
                    checks.countDown();
                }
                default -> {}
            }
        });
        monitor.start();
        assertThat(checks.await(8, TimeUnit.SECONDS)).as("1,000 checks").isTrue();
        newcomer.join();
        assertThat(takenBefore).as("taken before the newcomer was let in").hasValueBetween(1, 256);
        assertThat(checked.size()).as("clients that 1,000 checks were for").isEqualTo(1_000);
    }

    @Test
    @DisplayName("procPingTimeOutChecking.1: silent for longer than 3 intervals is kicked, by the timer's thread")
    void kicksSilentClient() throws Exception {
        Client silent = open(1);
        setTime(3 * INTERVAL + 1);
        monitor.start();
        loop.processUntil(silent::hasLeft);
        assertThat(trace.steps("procPingTimeOutChecking.1"))
                .extracting(Trace.Step::thread)
                .containsExactly("timer");
    }

    @Test
    @DisplayName("only a ping is a heartbeat: the client that pinged stays, and its ping is handled as before")
    void sparesPingingClient() throws Exception {
        Client pinging = open(1);
        Client silent = open(2);
        List<Message> answers = new ArrayList<>();
        MessageHandler handler = monitor.notingPings((request, sink) -> sink.send(request));
        setTime(1);
        Message ping = message(pinging, 0);
        handler.handle(ping, answers::add);
        assertThat(answers).containsExactly(ping);
        setTime(3 * INTERVAL + 1);
        monitor.start();
        loop.processUntil(silent::hasLeft);
        awaitSleep();
        assertThat(monitor.kicks()).isEqualTo(1);
    }

    @Test
    @DisplayName("a ping of the client before does not keep the next owner of its place")
    void ignoresPingOfFormerOwner() throws Exception {
        Client gone = open(1);
        Message late = message(gone, 0);
        leave(gone);
        notePing(late);
        Client next = Connections.client(1, "next", loop.eventLoop.clients());
        monitor.opened(next);
        setTime(1);
        notePing(late);
        setTime(3 * INTERVAL + 1);
        monitor.start();
        loop.processUntil(next::hasLeft);
    }

    @Test
    @DisplayName(
            "a client that leaves after it was taken as due is neither kicked nor put back, and the next one stays")
    void forgetsClientThatWasTaken() throws Exception {
        Client gone = open(1);
        setTime(3 * INTERVAL + 1);
        try (TraceGate gate = new TraceGate("ServerTimerQueueMonitorThread.1-2")) {
            monitor.start();
            gate.awaitArrival();
            leave(gone);
            monitor.opened(Connections.next(gone, "next"));
            gate.open();
        }
        awaitSleep();
        assertThat(monitor.kicks()).as("kicked").isZero();
        assertThat(monitor.entries()).as("entries in the queue").isEqualTo(1);
    }

    @Test
    @DisplayName("a client that leaves while the timer's thread has its entry in hand does not stay in the queue")
    void removesWhenTheEntryIsBack() throws Exception {
        Client gone = open(1);
        setTime(INTERVAL + 1);
        Thread eventLoop = new Thread(() -> leave(gone));
        Trace.listen(step -> {
            if (step.id().equals("GetOverTimeTimer.2-1")) { // taken out, by the timer's thread, which holds the mutex
                eventLoop.start();
                awaitState(eventLoop, Thread.State.WAITING);
            }
        });
        monitor.start();
        awaitSleep();
        eventLoop.join();
        assertThat(monitor.entries())
                .as("entries in the queue, when the client has left")
                .isZero();
    }

    @Test
    @DisplayName("the first client wakes a thread that sleeps without an end; one that is due later does not")
    void wakesForTheFirst() throws Exception {
        monitor.start();
        trace.await("ServerTimerQueueMonitorThread.0", 1);
        awaitSleep();
        open(1);
        trace.await("ServerTimerQueueMonitorThread.0", 2);
        awaitSleep();
        int before = trace.steps("ServerTimerQueueMonitorThread.0").size();
        setTime(5);
        open(2);
        monitor.close(); // whoever was woken before has its turn before
        assertThat(trace.steps("ServerTimerQueueMonitorThread.0")).hasSize(before);
    }

    @Test
    @DisplayName("the thread sleeps until the first check was due: until its time, and a nanosecond more")
    void sleepsUntilTheFirstIsDue() throws Exception {
        Field changed = TimerMonitor.class.getDeclaredField("changed");
        changed.setAccessible(true);
        Condition condition = mock(Condition.class, delegatesTo(changed.get(monitor)));
        changed.set(monitor, condition);
        open(1);
        setTime(5);
        monitor.start();
        awaitSleep();
        String wanted = "waits, with " + (INTERVAL - 5) + " nanoseconds left until the time of the first";
        verify(condition, description(wanted)).awaitNanos(INTERVAL - 4);
    }

    @Test
    @DisplayName("an interrupt does not end the thread: it looks at the queue once more, and sleeps again")
    void sleepsAgainAfterAnInterrupt() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Trace.listen(step -> {
            if (step.id().equals("ServerTimerQueueMonitorThread.0") && looks.incrementAndGet() > 2) {
                throw new IllegalStateException("looks again and again"); // with the mutex: close could not go on
            }
        });
        monitor.start();
        awaitSleep();
        Thread timer = timer();
        timer.interrupt();
        Await.until(
                "the thread to look again, and sleep",
                () -> !timer.isAlive() || looks.get() == 2 && timer.getState() == Thread.State.TIMED_WAITING);
        assertThat(looks)
                .as("looks at the queue, one of them after the interrupt")
                .hasValue(2);
        assertThat(timer.isAlive()).as("the timer's thread lives on").isTrue();
    }

    @Test
    @DisplayName("the next check is as far away as the time says: none, later, or due since")
    void tellsTheTimeToTheNextCheck() {
        assertThat(monitor.millisToNextCheck()).isEqualTo(-1);
        open(1);
        setTime(INTERVAL - 2_999_999);
        assertThat(monitor.millisToNextCheck()).isEqualTo(2);
        setTime(2 * INTERVAL);
        assertThat(monitor.millisToNextCheck()).isZero();
    }

    private static HeartbeatCheck check() {
        return new HeartbeatCheck(Duration.ofNanos(INTERVAL));
    }

    private Client open(int index) {
        Client client = Connections.client(index, "peer " + index, loop.eventLoop.clients());
        monitor.opened(client);
        return client;
    }

    private void leave(Client client) {
        Connections.leave(client);
        monitor.closed(client);
    }

    private void notePing(Message ping) {
        monitor.notingPings((request, sink) -> {}).handle(ping, null);
    }

    /** Sets the time since the monitor was made. */
    private void setTime(long nanos) {
        clock.set(START + nanos);
    }

    /** Waits until the timer's thread sleeps; it does so only when it has nothing left to do. */
    private static void awaitSleep() {
        awaitState(timer(), Thread.State.TIMED_WAITING);
    }

    private static Thread timer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("timer"))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until {@code thread} is in {@code state}, or has ended. */
    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state
                && thread.isAlive()
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }
}
