package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class LingeringCloseTest {
    private TestLoop loop;
    private TestClient client;
    private Connection connection;

    @BeforeEach
    void letAClientIn() throws IOException {
        loop = new TestLoop();
        client = loop.connect();
        connection = loop.accept(client);
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        loop.close();
    }

    @Test
    @DisplayName("what was written arrives to its last byte, though bytes of the client are unread and more come")
    void losesNothing() throws Exception {
        ByteBuffer answers = ByteBuffer.allocate(64 * 1024);
        int written = 0;
        int count;
        do { // until the socket is full
            count = connection.bytes().write(answers.clear());
            written += count;
        } while (count > 0);
        client.send(Packets.ping());
        TestLoop.awaitReadable(connection);
        loop.eventLoop.endInput(connection, "test");
        loop.eventLoop.start();
        client.send(Packets.ping());
        assertThat(client.receiveEnd()).isEqualTo(written);
    }

    @Test
    @DisplayName("what the client still sends is thrown away, and when it ends its side the connection is closed")
    void closesWhenTheClientEnds() throws Exception {
        loop.eventLoop.endInput(connection, "test");
        client.send(Packets.ping());
        TestLoop.awaitReadable(connection);
        loop.processEvents();
        assertThat(connection.isOpen()).isTrue();
        client.endOutput();
        loop.processUntil(() -> !connection.isOpen());
        assertThat(loop.received).isEmpty();
        assertThat(loop.closed).containsExactly(connection);
    }

    @Test
    @DisplayName("a client that has ended its side already is closed at once")
    void closesAtOnce() throws Exception {
        client.endOutput();
        TestLoop.awaitReadable(connection);
        loop.processEvents();
        assertThat(loop.closed).containsExactly(connection);
    }

    @Test
    @DisplayName("a client that has reset the connection is closed at once")
    void closesResetConnection() throws Exception {
        client.reset();
        TestLoop.awaitReadable(connection);
        loop.eventLoop.endInput(connection, "test");
        assertThat(loop.closed).containsExactly(connection);
    }

    @Test
    @DisplayName("a client that neither ends its side nor sends anything is closed after 2 s")
    void closesSilentClient() {
        EventLoop eventLoop = mock(EventLoop.class);
        lingeringClose(eventLoop).begin(connection);
        assertThat(LingeringClose.hasBegun(connection)).isTrue();

        Runnable look = nextLook(eventLoop, 1);
        verify(eventLoop, never()).close(any(), any());
        look.run();
        verify(eventLoop).close(eq(connection), any());
    }

    @Test
    @DisplayName(
            "a client that goes on sending is left its time: what was sent to it would be lost; after 30 s it is closed")
    void closesWhenTimeIsUp() throws Exception {
        EventLoop eventLoop = mock(EventLoop.class);
        LingeringClose lingeringClose = lingeringClose(eventLoop);
        lingeringClose.begin(connection);
        long looks = LingeringClose.MOST.dividedBy(LingeringClose.SILENCE);
        for (int look = 1; look <= looks; look++) {
            verify(eventLoop, never()).close(any(), any());
            lingeringClose.handle(connection);
            nextLook(eventLoop, look).run();
        }
        verify(eventLoop).close(eq(connection), any());
    }

    @Test
    @DisplayName("a client that has left meanwhile is not closed again, whoever has its place now")
    void leavesTheNextOwnerAlone() {
        EventLoop eventLoop = mock(EventLoop.class);
        lingeringClose(eventLoop).begin(connection);
        loop.eventLoop.close(connection, "test");
        nextLook(eventLoop, 1).run();
        verify(eventLoop, never()).close(any(), any());
    }

    private static LingeringClose lingeringClose(EventLoop eventLoop) {
        return new LingeringClose(eventLoop, ByteBuffer.allocateDirect(1024));
    }

    /** The task that was asked for last, of {@code looks} in all. */
    private static Runnable nextLook(EventLoop eventLoop, int looks) {
        ArgumentCaptor<Runnable> tasks = ArgumentCaptor.forClass(Runnable.class);
        verify(eventLoop, times(looks)).executeAfter(eq(LingeringClose.SILENCE), tasks.capture());
        return tasks.getValue();
    }

    @Test
    @DisplayName("it begins once, and goes on reading, whatever is reported in the meantime")
    void beginsOnce() {
        loop.eventLoop.endInput(connection, "test");
        EventHandler handler = connection.readHandler();
        loop.eventLoop.workDone(connection, connection.sequence());
        loop.eventLoop.resumeReading(connection, connection.sequence());
        loop.eventLoop.runTasks();
        loop.eventLoop.endInput(connection, "another reason");
        assertThat(connection.readHandler()).isSameAs(handler);
        assertThat(connection.key().interestOps()).isEqualTo(SelectionKey.OP_READ);
    }
}
