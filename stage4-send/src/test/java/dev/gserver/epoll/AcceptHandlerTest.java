package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.gserver.LogRecorder;
import dev.gserver.Trace;
import dev.gserver.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

class AcceptHandlerTest {
    private final TraceRecorder trace = new TraceRecorder();
    private final LogRecorder log = new LogRecorder();
    private final EventLoop eventLoop = mock(EventLoop.class);
    private final EventHandler readHandler = mock(EventHandler.class);
    private final ConnectionPool pool = new ConnectionPool(2);
    private final AcceptHandler handler = new AcceptHandler(eventLoop, pool, readHandler, new ClientWarnings(() -> 0));
    private final FakeServerChannel port = new FakeServerChannel();
    private final Connection listening = pool.get();
    private SocketChannel client;
    private SocketChannel accepted;

    @BeforeEach
    void start() throws IOException {
        listening.open(port, "port");
        connectOneClient();
    }

    private void connectOneClient() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(server.getLocalAddress());
            accepted = server.accept();
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        trace.close();
        log.close();
        client.close();
        accepted.close();
    }

    @Test
    @DisplayName("gsx_event_accept.1 gsx_event_accept.2 gsx_event_accept.3 gsx_event_accept.4:"
            + " the four steps, in this order")
    void takesFourSteps() {
        port.give(accepted);
        handler.handle(listening);
        assertThat(trace.ids(""))
                .containsExactly(
                        "gsx_event_accept.1", "gsx_event_accept.2", "gsx_event_accept.3", "gsx_event_accept.4");
    }

    @Test
    @DisplayName("gsx_event_accept.1: no client there after all: nothing happens")
    void ignoresAClientThatGaveUp() {
        handler.handle(listening);
        assertThat(trace.ids("")).isEmpty();
        assertThat(pool.idleCount()).isEqualTo(1);
        verifyNoInteractions(eventLoop);
    }

    @Test
    @DisplayName("gsx_event_accept.2: bound to an idle connection, under the client's address, non-blocking")
    void bindsToAnIdleConnection() throws Exception {
        port.give(accepted);
        handler.handle(listening);
        Connection connection = opened();
        assertThat(connection.channel()).isSameAs(accepted);
        assertThat(accepted.isBlocking()).isFalse();
        assertThat(connection.peer(connection.sequence())).isEqualTo(clientAddress());
        assertThat(trace.steps("gsx_event_accept.2"))
                .extracting(Trace.Step::what)
                .containsExactly("connection 1 (" + clientAddress() + "): bound to an idle connection, non-blocking");
        assertThat(pool.idleCount()).isZero();
    }

    @Test
    @DisplayName("TCP_NODELAY is on")
    void sendsWithoutDelay() throws Exception {
        assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
        port.give(accepted);
        handler.handle(listening);
        assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    }

    @Test
    @DisplayName("gsx_event_accept.3: the read handler is set")
    void setsTheReadHandler() {
        port.give(accepted);
        handler.handle(listening);
        assertThat(opened().readHandler()).isSameAs(readHandler);
        verifyNoInteractions(readHandler);
    }

    @Test
    @DisplayName("gsx_event_accept.4: the read event is added, then the layers above are told")
    void addsTheReadEvent() {
        port.give(accepted);
        handler.handle(listening);
        Connection connection = opened();
        InOrder order = inOrder(eventLoop);
        order.verify(eventLoop).addEvent(connection, SelectionKey.OP_READ);
        order.verify(eventLoop).opened(connection);
        order.verifyNoMoreInteractions();
    }

    @Test
    @DisplayName("pool empty: the new client is closed at once with a warning, those connected stay")
    void turnsAwayWhenThePoolIsEmpty() throws Exception {
        Connection other = pool.get();
        other.open(new FakeChannel(), "other");
        port.give(accepted);
        handler.handle(listening);
        assertThat(accepted.isOpen()).isFalse();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(other.channel().isOpen()).isTrue();
        assertThat(port.isOpen()).isTrue();
        assertThat(log.texts(Level.WARNING))
                .containsExactly(clientAddress() + ": closed at once: all worker.connections are taken");
        assertThat(trace.ids("")).containsExactly("gsx_event_accept.1");
        verifyNoInteractions(eventLoop);
    }

    @Test
    @DisplayName("pool empty: every new client is closed, ten a second are warned of")
    void limitsWarningsOfThoseTurnedAway() throws Exception {
        pool.get().open(new FakeChannel(), "other");
        for (int i = 0; i < 11; i++) {
            port.give(accepted);
            handler.handle(listening);
            assertThat(accepted.isOpen()).isFalse();
            client.close();
            connectOneClient();
        }
        assertThat(log.records()).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a client that is gone before it is let in is closed, takes no place and makes no noise")
    void ignoresAClientThatIsGone(boolean closeFails) {
        BrokenSocketChannel broken = new BrokenSocketChannel(closeFails);
        port.give(broken);
        handler.handle(listening);
        assertThat(broken.isOpen()).isFalse();
        assertThat(pool.idleCount()).isEqualTo(1);
        assertThat(log.records()).isEmpty();
        verifyNoInteractions(eventLoop);
    }

    @Test
    @DisplayName("accept fails: the port is not watched for 500 ms, then again")
    void pausesAfterAFailure() {
        port.failWith(new IOException("Too many open files"));
        handler.handle(listening);
        verify(eventLoop).removeEvent(listening, SelectionKey.OP_ACCEPT);
        verify(eventLoop, never()).addEvent(any(), anyInt());
        afterPause().run();
        verify(eventLoop).addEvent(listening, SelectionKey.OP_ACCEPT);
        assertThat(port.isOpen()).isTrue();
    }

    @Test
    @DisplayName("accept fails: one warning that names the port and the reason, and no other until one has worked")
    void warnsOfAFailure() {
        port.failWith(new IOException("Too many open files"));
        handler.handle(listening);
        handler.handle(listening);
        String warning = "connection 0 (port): accept failed: Too many open files; trying again every 500 ms";
        assertThat(log.texts(Level.WARNING)).containsExactly(warning);
        assertThat(log.records()).hasSize(1);
        port.failWith(null);
        handler.handle(listening);
        port.failWith(new IOException("Too many open files"));
        handler.handle(listening);
        assertThat(log.texts(Level.WARNING)).containsExactly(warning, warning);
    }

    @Test
    @DisplayName("accept fails and works in turn: ten failures a second are warned of")
    void limitsWarningsOfFailures() {
        for (int i = 0; i < 11; i++) {
            port.failWith(new IOException("Too many open files"));
            handler.handle(listening);
            port.failWith(null);
            handler.handle(listening);
        }
        assertThat(log.records()).hasSize(10);
    }

    @Test
    @DisplayName("a port that was closed during the pause stays unwatched, also when its place has a new owner")
    void staysAwayFromAClosedPort() {
        port.failWith(new IOException("Too many open files"));
        handler.handle(listening);
        pool.free(listening);
        listening.open(new FakeChannel(), "next");
        afterPause().run();
        verify(eventLoop, never()).addEvent(any(), anyInt());
    }

    private Connection opened() {
        ArgumentCaptor<Connection> connection = ArgumentCaptor.forClass(Connection.class);
        verify(eventLoop).opened(connection.capture());
        return connection.getValue();
    }

    private Runnable afterPause() {
        ArgumentCaptor<Runnable> task = ArgumentCaptor.forClass(Runnable.class);
        verify(eventLoop).executeAfter(eq(Duration.ofMillis(500)), task.capture());
        return task.getValue();
    }

    private String clientAddress() throws IOException {
        return "127.0.0.1:" + ((InetSocketAddress) client.getLocalAddress()).getPort();
    }
}
