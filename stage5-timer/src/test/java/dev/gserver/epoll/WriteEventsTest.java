package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop, driven by hand, and a client that is waited for to have room. */
@Timeout(30)
class WriteEventsTest {
    private final LogRecorder log = new LogRecorder();
    private final TestLoop loop = new TestLoop();
    private final List<String> order = new ArrayList<>();
    private TestClient testClient;
    private Connection connection;

    WriteEventsTest() throws IOException {}

    @BeforeEach
    void connect() throws IOException {
        testClient = loop.connect();
        connection = loop.accept(testClient).connection();
        connection.setWriteHandler(ignored -> order.add("write"));
        loop.eventLoop.addEvent(connection, SelectionKey.OP_WRITE);
    }

    @AfterEach
    void close() throws IOException {
        testClient.close();
        loop.close();
        log.close();
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-3: a write event goes to the write handler, until it is taken off")
    void sendsWriteEventsToTheWriteHandler() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.ids("gsx_epoll"))
                    .containsExactly(
                            "gsx_epoll_process_events.1", "gsx_epoll_process_events.2", "gsx_epoll_process_events.2-3");
        }
        loop.eventLoop.removeEvent(connection, SelectionKey.OP_WRITE);
        testClient.send(Packets.ping());
        loop.processUntil(() -> !loop.received.isEmpty());
        assertThat(order).containsExactly("write");
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-2 gsx_epoll_process_events.2-3: both at once: first read, then write")
    void readsBeforeItWrites() throws Exception {
        connection.setReadHandler(ignored -> order.add("read"));
        awaitPing();
        loop.processEvents();
        assertThat(order).containsExactly("read", "write");
    }

    @Test
    @DisplayName("gsx_epoll_process_events.2-1: no write event for a client that its read handler closed")
    void doesNotWriteAfterClosing() throws Exception {
        connection.setReadHandler(ignored -> loop.eventLoop.clients().close(connection.client(), "test"));
        awaitPing();
        try (TraceRecorder trace = new TraceRecorder()) {
            loop.processEvents();
            assertThat(trace.steps("gsx_epoll_process_events.2-1")).hasSize(1);
        }
        assertThat(order).isEmpty();
        assertThat(log.texts(Level.SEVERE)).isEmpty();
    }

    private void awaitPing() throws IOException {
        testClient.send(Packets.ping());
        TestLoop.awaitReadable(connection);
    }
}
