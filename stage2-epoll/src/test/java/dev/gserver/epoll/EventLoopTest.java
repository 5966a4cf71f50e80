package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop driven by hand: one wait at a time, on the test's own thread. */
class EventLoopTest {
    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder initTrace = new TraceRecorder();
    private TestLoop loop;
    private TestClient client;
    private TestClient otherClient;
    private Client inside;
    private Client otherInside;
    private Connection connection;
    private Connection other;

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop(2, 5);
        client = new TestClient(loop.addresses().get(0));
        otherClient = new TestClient(loop.addresses().get(1));
        inside = loop.accept(client);
        otherInside = loop.accept(otherClient);
        connection = inside.connection();
        other = otherInside.connection();
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        otherClient.close();
        loop.close();
        initTrace.close();
        log.close();
    }

    @Test
    @DisplayName("gsx_epoll_init.1 gsx_epoll_init.2 gsx_epoll_init.3 gsx_epoll_init.3-1 gsx_epoll_init.3-2"
            + " gsx_epoll_init.3-3: selector and pool, then the four steps for each port, in this order")
    void initializesInOrder() {
        assertThat(initTrace.ids("gsx_epoll_init"))
                .containsExactly(
                        "gsx_epoll_init.1",
                        "gsx_epoll_init.2",
                        "gsx_epoll_init.3",
                        "gsx_epoll_init.3-1",
                        "gsx_epoll_init.3-2",
                        "gsx_epoll_init.3-3",
                        "gsx_epoll_init.3",
                        "gsx_epoll_init.3-1",
                        "gsx_epoll_init.3-2",
                        "gsx_epoll_init.3-3");
        assertThat(initTrace.steps("gsx_epoll_init.3-1"))
                .extracting(step -> step.what().replaceAll(".*: ", ""))
                .containsExactly("number 0", "number 1");
    }

    @Test
    @DisplayName("a loop that cannot be built keeps no port open")
    void keepsNoPortOpen() throws Exception {
        ListeningSockets sockets = ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(0, 0), 10);
        InetSocketAddress first = sockets.sockets().get(0).address();
        assertThatThrownBy(() -> TestLoop.build(sockets.sockets(), 1, loop.sink))
                .isInstanceOf(RuntimeException.class);
        sockets.close();
        assertThatThrownBy(() -> new TestClient(first)).isInstanceOf(ConnectException.class);
    }

    @Test
    @DisplayName("gsx_epoll_init.3-3: a port is watched, and reported as long as a client waits")
    void watchesPortsLevelTriggered() throws Exception {
        Connection port = loop.ports().get(0);
        assertThat(port.key().interestOps()).isEqualTo(SelectionKey.OP_ACCEPT);
        try (TraceRecorder trace = new TraceRecorder();
                TestClient third = loop.connect()) {
            EventHandler acceptHandler = port.readHandler();
            port.setReadHandler(ignored -> {});
            TestLoop.awaitReadable(port);
            loop.processEvents();
            loop.processEvents();
            assertThat(trace.steps("gsx_epoll_process_events.2")).hasSizeGreaterThanOrEqualTo(2);
            port.setReadHandler(acceptHandler);
            assertThat(loop.accept(third).hasLeft()).isFalse();
        }
    }

    @Test
    @DisplayName("gsx_epoll_process_events.1: with nothing to report, a wait lasts as long as the timer says")
    void waitsAsLongAsTheTimerSays() throws Exception {
        long start = System.nanoTime();
        loop.eventLoop.processEvents(20);
        assertThat((System.nanoTime() - start) / 1_000_000)
                .as("milliseconds waited")
                .isGreaterThan(15);
    }

    @Test
    @DisplayName("gsx_epoll_process_events.1 gsx_epoll_process_events.2: all events of one wait are handled, each once")
    void handlesAllEventsOfOneWait() throws Exception {
        client.send(Packets.ping());
        otherClient.send(Packets.ping());
        TestLoop.awaitReadable(connection, other);
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.ids("gsx_epoll"))
                    .containsExactly(
                            "gsx_epoll_process_events.1",
                            "gsx_epoll_process_events.2",
                            "gsx_epoll_process_events.2-2",
                            "gsx_epoll_process_events.2",
                            "gsx_epoll_process_events.2-2");
            assertThat(trace.steps("gsx_epoll_process_events.1").get(0).what()).endsWith("events returned: 2");
        }
        assertThat(loop.received).extracting(Message::client).containsExactlyInAnyOrder(inside, otherInside);
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2: an event is handled in its own wait only")
    void forgetsHandledEvents() throws Exception {
        EventHandler reads = one -> one.bytes().read(ByteBuffer.allocate(8));
        connection.setReadHandler(reads);
        other.setReadHandler(reads);
        client.send(Packets.ping());
        TestLoop.awaitReadable(connection);
        loop.processEvents();
        otherClient.send(Packets.ping());
        TestLoop.awaitReadable(other);
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.steps("gsx_epoll_process_events.2")).hasSize(1);
        }
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-2: a client's event goes to gsx_wait_request_handler, up to the sink")
    void sendsRequestsToTheReader() throws Exception {
        client.send(Packets.packet(5, new byte[] {1, 2, 3}));
        TestLoop.awaitReadable(connection);
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.ids(""))
                    .containsExactly(
                            "gsx_epoll_process_events.1",
                            "gsx_epoll_process_events.2",
                            "gsx_epoll_process_events.2-2",
                            "gsx_wait_request_handler.1",
                            "gsx_wait_request_handler.2",
                            "gsx_wait_request_handler_proc_plast.1");
        }
        Message message = loop.received.remove();
        assertThat(message.client()).isSameAs(inside);
        assertThat(message.code()).isEqualTo(5);
        assertThat(message.body()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("gsx_event_accept.4: what a handler leaves unread is reported again by the next wait")
    void reportsUnreadBytesAgain() throws Exception {
        List<Integer> counts = new ArrayList<>();
        connection.setReadHandler(ignored -> counts.add(connection.bytes().read(ByteBuffer.allocate(3))));
        client.send(Packets.ping());
        loop.processUntil(() -> counts.stream().mapToInt(count -> count).sum() == 8);
        assertThat(counts).hasSizeGreaterThanOrEqualTo(3).doesNotContain(0);
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-1: of two events of one wait, the first one's handler closes the other's"
            + " connection: that event is left out")
    void leavesOutEventsOfClosedConnections() throws Exception {
        List<Connection> handled = new ArrayList<>();
        EventHandler closesTheOther = one -> {
            handled.add(one);
            loop.eventLoop.clients().close(one == connection ? otherInside : inside, "test");
        };
        connection.setReadHandler(closesTheOther);
        other.setReadHandler(closesTheOther);
        client.send(Packets.ping());
        otherClient.send(Packets.ping());
        TestLoop.awaitReadable(connection, other);
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.ids("gsx_epoll"))
                    .containsExactly(
                            "gsx_epoll_process_events.1",
                            "gsx_epoll_process_events.2",
                            "gsx_epoll_process_events.2-2",
                            "gsx_epoll_process_events.2",
                            "gsx_epoll_process_events.2-1");
            Connection left = handled.get(0) == connection ? other : connection;
            assertThat(trace.steps("gsx_epoll_process_events.2-1").get(0).what())
                    .startsWith(left.toString());
        }
        assertThat(handled).hasSize(1);
        assertThat(log.texts(Level.SEVERE)).isEmpty();
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-1: the event stays out when a new client has taken the place meanwhile")
    void leavesOutEventsOfTheClientBefore() throws Exception {
        Connection port = loop.ports().get(0);
        loop.eventLoop.removeEvent(port, SelectionKey.OP_ACCEPT);
        try (TraceRecorder trace = new TraceRecorder();
                TestClient third = new TestClient(loop.addresses().get(0))) {
            TestLoop.awaitReadable(port);
            List<Connection> handled = new ArrayList<>();
            EventHandler givesTheOthersPlaceAway = one -> {
                handled.add(one);
                one.bytes().read(ByteBuffer.allocate(8));
                loop.eventLoop.clients().close(one == connection ? otherInside : inside, "test");
                port.readHandler().handle(port);
            };
            connection.setReadHandler(givesTheOthersPlaceAway);
            other.setReadHandler(givesTheOthersPlaceAway);
            client.send(Packets.packet(1));
            otherClient.send(Packets.packet(2));
            TestLoop.awaitReadable(connection, other);
            loop.processEvents();
            Connection reused = loop.accept(third).connection();
            assertThat(handled).doesNotContain(reused).hasSize(1);
            assertThat(reused.channel().isOpen()).isTrue();
            assertThat(trace.steps("gsx_epoll_process_events.2-1")).hasSize(1);
            third.send(Packets.packet(3));
            TestLoop.awaitReadable(reused);
            loop.processEvents();
        }
        assertThat(loop.received).extracting(Message::code).containsExactly(3);
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-1: an event of a key that is no longer the connection's is left out")
    void leavesOutEventsOfAnotherKey() throws Exception {
        List<Connection> handled = new ArrayList<>();
        connection.setReadHandler(handled::add);
        client.send(Packets.ping());
        TestLoop.awaitReadable(connection);
        SelectionKey key = connection.key();
        connection.setKey(null);
        loop.processEvents();
        assertThat(handled).isEmpty();
        connection.setKey(key);
        loop.processEvents();
        assertThat(handled).containsExactly(connection);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "a handler that fails, or that closes its connection and then fails: closed once, the error logged once,"
                    + " the others go on")
    void closesWhenAHandlerFails(boolean isClosed) throws Exception {
        RuntimeException failure = new IllegalStateException("on purpose");
        String name = connection.toString();
        connection.setReadHandler(ignored -> {
            if (isClosed) {
                loop.eventLoop.clients().close(inside, "test");
            }
            throw failure;
        });
        client.send(Packets.ping());
        loop.processUntil(inside::hasLeft);
        assertThat(log.texts(Level.SEVERE)).containsExactly((isClosed ? connection : name) + ": its handler failed");
        assertThat(log.records())
                .filteredOn(record -> record.getThrown() == failure)
                .hasSize(1);
        try (TestClient next = loop.connect()) {
            assertThat(loop.accept(next).hasLeft()).isFalse();
        }
    }

    @Test
    @DisplayName("a connection that breaks is closed quietly")
    void closesBrokenConnectionsQuietly() throws Exception {
        connection.setReadHandler(ignored -> {
            throw new IOException("on purpose");
        });
        client.send(Packets.ping());
        loop.processUntil(inside::hasLeft);
        assertThat(log.texts(Level.FINE)).contains(inside + ": closed: on purpose");
        assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gsx_epoll_process_events.2-2", "gsx_event_accept.1", "gsx_event_accept.3"})
    @DisplayName(
            "a client that resets before accept, before its socket is looked at, or before it is registered: closed"
                    + " quietly, its place is free again")
    void closesQuietlyBeforeItIsRegistered(String step) throws Exception {
        try (TestClient third = loop.connect()) {
            String name = ":" + third.port() + "): closed: ";
            TestLoop.awaitReadable(loop.ports().get(0));
            resetAt(step, third);
            loop.processUntil(() -> log.texts(Level.FINE).stream().anyMatch(text -> text.contains(name)));
        }
        try (TestClient last = loop.connect()) {
            assertThat(loop.accept(last).hasLeft()).as("the only place left").isFalse();
        }
        assertQuiet();
    }

    /** Has {@code leaving} reset its connection the next time that the loop comes to step {@code id}. */
    private static void resetAt(String id, TestClient leaving) {
        Trace.listen(step -> {
            if (step.id().equals(id)) {
                Trace.listen(null);
                try {
                    leaving.reset();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private void assertQuiet() {
        assertThat(log.records())
                .allMatch(record -> record.getLevel().intValue() < Level.INFO.intValue())
                .allMatch(record -> record.getThrown() == null);
    }
}
