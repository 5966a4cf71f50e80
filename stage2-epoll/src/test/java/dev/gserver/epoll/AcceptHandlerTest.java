package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How clients are let in, on a loop driven by hand; a stand-in for the port's channel says what accept returns. */
class AcceptHandlerTest {
    private static final int PLACES = 2; // for clients

    private final LogRecorder log = new LogRecorder();
    private final FakeServerChannel port = new FakeServerChannel();
    private TestLoop loop;
    private TraceRecorder trace;
    private Connection listening;
    private final List<SocketChannel> opened = new ArrayList<>();
    private SocketChannel client;
    private SocketChannel accepted;

    @BeforeEach
    void start() throws IOException {
        loop = new TestLoop(1, 1 + PLACES);
        trace = new TraceRecorder();
        listening = loop.ports().get(0);
        connectOneClient();
    }

    private void connectOneClient() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(server.getLocalAddress());
            accepted = server.accept();
        }
        opened.addAll(List.of(client, accepted));
    }

    @AfterEach
    void closeAll() throws IOException {
        trace.close();
        for (SocketChannel channel : opened) {
            channel.close();
        }
        loop.close();
        log.close();
    }

    /** Has the port report {@code clients}, who wait behind those that wait already. */
    private void accept(SocketChannel... clients) {
        listening.open(port, "port");
        List.of(clients).forEach(port::give);
        loop.eventLoop.call(handler(), listening);
    }

    private AcceptHandler handler() {
        return (AcceptHandler) listening.readHandler();
    }

    @Test
    @DisplayName("gsx_event_accept.1 gsx_event_accept.2 gsx_event_accept.3 gsx_event_accept.4:"
            + " the four steps, in this order")
    void takesFourSteps() throws Exception {
        accept(accepted);
        assertThat(trace.ids(""))
                .containsExactly(
                        "gsx_event_accept.1", "gsx_event_accept.2", "gsx_event_accept.3", "gsx_event_accept.4");
    }

    @Test
    @DisplayName("gsx_event_accept.1: no client there after all: nothing happens")
    void ignoresAClientThatGaveUp() throws Exception {
        accept();
        assertThat(trace.ids("")).isEmpty();
        assertThat(log.records()).isEmpty();
        assertAllPlacesAreFree();
    }

    @Test
    @DisplayName("gsx_event_accept.1: an event accepts all that wait, 64 at most; the next one who is left")
    void acceptsManyAtAnEvent() throws Exception {
        for (int i = 0; i < 65; i++) {
            connectOneClient();
            port.give(accepted);
        }
        accept();
        assertThat(trace.steps("gsx_event_accept.1"))
                .as("accepted at one event")
                .hasSize(64);
        accept();
        assertThat(trace.steps("gsx_event_accept.1"))
                .as("accepted at two events")
                .hasSize(65);
    }

    @Test
    @DisplayName("gsx_event_accept.2: bound to an idle connection, under the client's address, non-blocking")
    void bindsToAnIdleConnection() throws Exception {
        accept(accepted);
        assertThat(accepted.isBlocking()).isFalse();
        assertThat(trace.steps("gsx_event_accept.2"))
                .extracting(Trace.Step::what)
                .containsExactly("connection 1 (" + clientAddress() + "): bound to an idle connection, non-blocking");
        client.write(ByteBuffer.allocate(8).putShort((short) 8).rewind());
        loop.processUntil(() -> !loop.received.isEmpty());
        assertThat(loop.received.remove().client().peer()).isEqualTo(clientAddress());
    }

    @Test
    @DisplayName("TCP_NODELAY is on")
    void sendsWithoutDelay() throws Exception {
        assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
        accept(accepted);
        assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    }

    @Test
    @DisplayName("pool empty: every new client is closed at once, those connected stay; ten a second are warned of")
    void turnsAwayWhenThePoolIsEmpty() throws Exception {
        List<SocketChannel> inside = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            accept(accepted);
            inside.add(accepted);
            connectOneClient();
        }
        trace.close();
        for (int i = 0; i < 11; i++) {
            connectOneClient();
            accept(accepted);
            assertThat(accepted.isOpen()).isFalse();
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        assertThat(inside).allMatch(SocketChannel::isOpen);
        assertThat(port.isOpen()).isTrue();
        assertThat(log.texts(Level.WARNING))
                .hasSize(10)
                .allMatch(text -> text.startsWith("127.0.0.1:")
                        && text.endsWith(": closed at once: all worker.connections are taken"));
    }

    @ParameterizedTest
    @CsvSource({
        "gsx_event_accept.2, false", "gsx_event_accept.2, true",
        "gsx_event_accept.3, false", "gsx_event_accept.3, true",
        "gsx_event_accept.4, false", "gsx_event_accept.4, true"
    })
    @DisplayName("a fault of the program's own while a client is let in: that client alone is closed, with its stack")
    void closesAClientThatCannotBeLetIn(String id, boolean error) throws Exception {
        RuntimeException exception = new IllegalStateException("on purpose");
        Error severe = new StackOverflowError("on purpose");
        Trace.listen(step -> {
            if (step.id().equals(id) && error) {
                throw severe;
            } else if (step.id().equals(id)) {
                throw exception;
            }
        });
        accept(accepted);
        Trace.listen(null);
        assertThat(accepted.isOpen()).as("its channel is open").isFalse();
        assertThatOneErrorTells(error ? severe : exception);
        assertAllPlacesAreFree();
    }

    @Test
    @DisplayName("a handler that fails: the client of its connection is closed, and it alone; a port stays open")
    void closesTheClientWhoseHandlerFails() throws Exception {
        accept(accepted);
        Connection inside = loop.eventLoop.openConnections().stream()
                .filter(connection -> connection.client() != null)
                .findFirst()
                .orElseThrow();
        EventHandler failing = ignored -> {
            throw new IOException("on purpose");
        };
        loop.eventLoop.call(failing, listening);
        assertThat(port.isOpen()).as("the port is open").isTrue();
        assertThat(accepted.isOpen()).as("the client's channel is open").isTrue();
        loop.eventLoop.call(failing, inside);
        assertThat(accepted.isOpen())
                .as("the channel of the client whose handler has failed is open")
                .isFalse();
    }

    private void assertThatOneErrorTells(Throwable fault) {
        assertThat(log.records())
                .filteredOn(record -> record.getLevel() == Level.SEVERE)
                .singleElement()
                .satisfies(record -> assertThat(record.getThrown()).isSameAs(fault));
    }

    /** The port is open and its real channel lets as many clients in as there are places. */
    private void assertAllPlacesAreFree() throws IOException {
        Trace.listen(null);
        assertThat(listening.channel()).as("the port is open").isNotNull();
        List<TestClient> clients = new ArrayList<>();
        listening.open((ServerSocketChannel) listening.key().channel(), "port");
        for (int i = 0; i < PLACES; i++) {
            clients.add(loop.connect());
            assertThat(loop.accept(clients.get(i)).hasLeft()).isFalse();
        }
        for (TestClient one : clients) {
            one.close();
        }
    }

    @Test
    @DisplayName(
            "accept fails when nobody has been let in: the port is not watched until a client has left, then at once")
    void pausesUntilAClientLeaves() throws Exception {
        port.failWith(new IOException("Too many open files"));
        accept(accepted);
        assertThat(isWatched()).as("watched: nobody may have waited").isTrue();
        accept();
        assertThat(isWatched()).as("watched, though nobody could be accepted").isFalse();
        assertThat(port.isOpen()).isTrue();
        client.close();
        loop.processUntil(() -> !accepted.isOpen());
        handler().tryAgain();
        assertThat(isWatched()).isTrue();
    }

    @Test
    @DisplayName("accept fails and nobody leaves: the port is watched again after 500 ms, not before")
    void triesAgainAfterAWhile() throws Exception {
        assertThat(handler().millisToNextTry()).as("no pause").isEqualTo(Long.MAX_VALUE);
        long start = System.nanoTime();
        failToAccept();
        Await.until("the rest of the pause", () -> handler().millisToNextTry() < 500);
        for (int waits = 0; waits < 5 && !isWatched(); waits++) {
            assertThat(handler().millisToNextTry()).isBetween(1L, 500L);
            loop.eventLoop.processEvents(handler().millisToNextTry());
            handler().tryAgain();
        }
        assertThat(isWatched()).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(handler().millisToNextTry()).as("no pause").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("the loop's thread tries again by itself")
    void triesAgainByItself() throws Exception {
        failToAccept();
        listening.open((ServerSocketChannel) listening.key().channel(), "port");
        loop.eventLoop.start();
        try (TestClient next = loop.connect()) {
            next.send(Packets.ping());
            assertThat(TestLoop.next(loop.received).code()).isZero();
        }
    }

    @Test
    @DisplayName("a port that was closed during the pause stays closed, whoever has its place then")
    void staysAwayFromAClosedPort() throws Exception {
        AcceptHandler handler = handler();
        accept(accepted);
        failToAccept();
        loop.eventLoop.closePorts();
        client.close();
        loop.processUntil(() -> !accepted.isOpen());
        handler.tryAgain();
        assertThat(listening.key()).isNull();
        assertThat(handler.millisToNextTry()).as("no pause").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("accept fails again and again, and works between: one warning, which names the port and the reason")
    void warnsOnceAnEpisode() throws Exception {
        failToAccept();
        accept(accepted);
        failToAccept();
        failToAccept();
        assertThat(log.texts(Level.WARNING))
                .containsExactly("connection 0 (port): accept failed: Too many open files;"
                        + " trying again when a client leaves, or after 500 ms");
        assertThat(log.records())
                .filteredOn(record -> record.getThrown() != null)
                .isEmpty();
    }

    private void failToAccept() throws IOException {
        port.failWith(new IOException("Too many open files"));
        accept();
        port.failWith(null);
    }

    private boolean isWatched() {
        return listening.key().interestOps() == SelectionKey.OP_ACCEPT;
    }

    private String clientAddress() throws IOException {
        return "127.0.0.1:" + ((InetSocketAddress) client.getLocalAddress()).getPort();
    }
}
