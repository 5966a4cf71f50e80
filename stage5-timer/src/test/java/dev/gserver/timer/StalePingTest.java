package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceGate;
import dev.gserver.common.ClientWarnings;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.TestLoop;
import dev.gserver.handlers.PingHandler;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real sockets, the event loop with room for one client, one worker, and a kick clock that the test moves; the answers
 * are kept.
 */
@Timeout(30)
class StalePingTest {
    private static final int CONNECTIONS = 2; // the listening socket takes one of them
    private static final long INTERVAL = TimeUnit.HOURS.toNanos(1);

    private final LogRecorder log = new LogRecorder();
    private final AtomicLong clock = new AtomicLong();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final TestLoop loop = new TestLoop(1, CONNECTIONS);
    private TimerMonitor monitor;
    private ThreadPool threadPool;

    StalePingTest() throws IOException {}

    @BeforeEach
    void start() {
        Duration interval = Duration.ofNanos(INTERVAL);
        monitor = new TimerMonitor(CONNECTIONS, interval, new HeartbeatCheck(interval), clock::get);
        MessageDispatcher dispatcher = new MessageDispatcher(new ClientWarnings(() -> 0));
        dispatcher.register(PingHandler.CODE, PingHandler.BODY_LENGTH, monitor.notingPings(new PingHandler()));
        ReceiveQueue receiveQueue = new ReceiveQueue(CONNECTIONS);
        loop.sink = receiveQueue;
        loop.keepsRequests = true;
        loop.eventLoop.clients().addLayer(monitor);
        loop.eventLoop.clients().addLayer(receiveQueue);
        threadPool = new ThreadPool(1, receiveQueue, dispatcher, answers::add);
        threadPool.start();
        loop.eventLoop.start();
    }

    @AfterEach
    void close() {
        threadPool.close();
        monitor.close();
        loop.close();
        log.close();
    }

    @Test
    @DisplayName(
            "a worker is held with a ping whose client leaves: the next one in its place is kicked no later for it")
    void doesNotKeepTheNextClientAlive() throws Exception {
        try (TraceGate gate = new TraceGate("threadRecvProcFunc.2");
                TestClient first = loop.connect().send(Packets.ping())) {
            gate.awaitArrival(); // the worker notes the ping next
            first.reset();
            Client gone = TestLoop.next(loop.closed);
            assertThat(TestLoop.next(loop.opened)).isSameAs(gone);
            try (TestClient next = loop.connect()) {
                assertThat(TestLoop.next(loop.opened).connection()).isSameAs(gone.connection());
                loop.roundTrip(); // the monitor knows of it too
                clock.set(1);
                gate.open();
                assertThat(TestLoop.next(answers).client()).isSameAs(gone);
                clock.set(3 * INTERVAL + 1); // too long since 0, and not since 1
                monitor.start();
                assertThat(next.receiveEnd()).isZero();
                assertThat(log.texts(Level.WARNING))
                        .containsExactly("127.0.0.1:" + next.port() + ": closed: no ping for 10800000 ms");
            }
        }
    }
}
