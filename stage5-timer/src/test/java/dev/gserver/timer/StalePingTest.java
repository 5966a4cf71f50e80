package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceGate;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.ConnectionListener;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import dev.gserver.listen.ListeningSockets;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.PingHandler;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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
    private final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private ListeningSockets ports;
    private EventLoop eventLoop;
    private TimerMonitor monitor;
    private ThreadPool threadPool;

    @BeforeEach
    void start() throws IOException {
        Duration interval = Duration.ofNanos(INTERVAL);
        ClientWarnings warnings = new ClientWarnings(() -> 0);
        ports = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0), 50);
        eventLoop = new EventLoop(ports.sockets(), CONNECTIONS, warnings);
        monitor =
                new TimerMonitor(CONNECTIONS, interval, new HeartbeatCheck(interval, eventLoop, warnings), clock::get);
        eventLoop.addListener(monitor);
        MessageDispatcher dispatcher = new MessageDispatcher(warnings);
        dispatcher.register(PingHandler.CODE, PingHandler.BODY_LENGTH, monitor.notingPings(new PingHandler()));
        ReceiveQueue receiveQueue = new ReceiveQueue(eventLoop, CONNECTIONS);
        eventLoop.deliverTo(receiveQueue);
        eventLoop.addListener(receiveQueue);
        eventLoop.addListener(comingAndGoing());
        threadPool = new ThreadPool(1, receiveQueue, dispatcher, answers::add);
        threadPool.start();
        eventLoop.start();
    }

    private ConnectionListener comingAndGoing() {
        return new ConnectionListener() {
            @Override
            public void opened(Connection connection) {
                opened.add(connection);
            }

            @Override
            public void closed(Connection connection) {
                closed.add(connection);
            }
        };
    }

    @AfterEach
    void close() {
        threadPool.close();
        monitor.close();
        eventLoop.close();
        ports.close();
        log.close();
    }

    @Test
    @DisplayName(
            "a worker is held with a ping whose client leaves: the next one in its place is kicked no later for it")
    void doesNotKeepTheNextClientAlive() throws Exception {
        InetSocketAddress address = ports.sockets().get(0).address();
        try (TraceGate gate = new TraceGate("threadRecvProcFunc.2");
                TestClient first = new TestClient(address).send(Packets.ping())) {
            gate.awaitArrival(); // the worker notes the ping next
            first.reset();
            Connection place = await(closed);
            assertThat(await(opened)).isSameAs(place);
            try (TestClient next = new TestClient(address)) {
                assertThat(await(opened)).isSameAs(place);
                clock.set(1);
                gate.open();
                assertThat(await(answers).isStale()).isTrue();
                clock.set(3 * INTERVAL + 1); // too long since 0, and not since 1
                monitor.start();
                assertThat(next.receiveEnd()).isZero();
                assertThat(log.texts(Level.WARNING))
                        .containsExactly("127.0.0.1:" + next.port() + ": closed: no ping for 10800000 ms");
            }
        }
    }

    private static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(8, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
