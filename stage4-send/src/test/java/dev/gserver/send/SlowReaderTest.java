package dev.gserver.send;

import static dev.gserver.epoll.Connections.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.gserver.LogRecorder;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.EventLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that reads its answers too slowly, or not at all; the event loop is a mock. */
class SlowReaderTest {
    private static final int MAX_PENDING = 100_000;
    private static final byte[] BODY = new byte[28_992]; // three packets are more than half of it, and less than all

    private final LogRecorder log = new LogRecorder();
    private final EventLoop eventLoop = mock(EventLoop.class);
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final SendQueue queue = new SendQueue(eventLoop, 10, MAX_PENDING, new ClientWarnings(() -> 0));
    private final SlowChannel channel = new SlowChannel(0);
    private final Connection connection = Connections.open(3, "peer", channel);
    private final SendThread sendThread = new SendThread(queue);
    private final WriteHandler writeHandler = new WriteHandler(eventLoop, queue);

    @BeforeEach
    void open() {
        doAnswer(call -> {
                    call.<Runnable>getArgument(2).run();
                    return null;
                })
                .when(eventLoop)
                .executeFor(any(), anyLong(), any());
        doAnswer(call -> later.add(call.getArgument(1))).when(eventLoop).executeAfter(any(), any());
        queue.opened(connection);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName("with more than half the limit waiting its client is not read from, with a quarter left it is again")
    void pausesAndResumesReading() throws Exception {
        queue.msgSend(message(connection, 0, BODY));
        verify(eventLoop, never()).pauseReading(any());
        queue.msgSend(message(connection, 0, BODY));
        queue.msgSend(message(connection, 0, BODY));
        verify(eventLoop, times(1)).pauseReading(connection);

        channel.setRoom(29_000);
        sendThread.sendTo(queue.take());
        verify(eventLoop, never()).resumeReading(any(), anyLong());
        channel.setRoom(MAX_PENDING);
        writeHandler.handle(connection);
        writeHandler.handle(connection);
        verify(eventLoop, times(1)).resumeReading(connection, connection.sequence());
    }

    @Test
    @DisplayName("it is looked at again after 10 s, and closed with a warning if it has taken nothing")
    void closesAStalledClient() {
        fill();
        verify(eventLoop, times(1)).executeAfter(eq(SendQueue.STALL), any());
        later.remove().run();
        verify(eventLoop).requestClose(connection, connection.sequence(), "it does not read");
        assertThat(log.texts(Level.WARNING))
                .containsExactly("peer: closed: it does not read its answers: it has taken none for 10000 ms");
        assertThat(later).isEmpty();
    }

    @Test
    @DisplayName("every client that does not read is closed, ten a second are warned of")
    void limitsWarnings() {
        for (int i = 0; i < 11; i++) {
            queue.opened(connection);
            fill();
            later.remove().run();
        }
        verify(eventLoop, times(11)).requestClose(connection, connection.sequence(), "it does not read");
        assertThat(log.records()).hasSize(10);
    }

    @Test
    @DisplayName("a slow one that has taken a byte since is left alone, and looked at again")
    void sparesASlowClient() {
        fill();
        channel.setRoom(1);
        sendThread.sendTo(queue.take());
        later.remove().run();
        verify(eventLoop, never()).requestClose(any(), anyLong(), any());
        later.remove().run();
        verify(eventLoop).requestClose(connection, connection.sequence(), "it does not read");
    }

    @Test
    @DisplayName(
            "a slow one whose socket has room, but too little for a write event, is tried once more, and left alone")
    void triesOnceMore() throws Exception {
        fill();
        sendThread.sendTo(queue.take());
        channel.setRoom(1);
        later.remove().run();
        verify(eventLoop, never()).requestClose(any(), anyLong(), any());
        later.remove().run();
        verify(eventLoop).requestClose(connection, connection.sequence(), "it does not read");
    }

    @Test
    @DisplayName("one that turns out to be gone when it is tried once more is closed without a warning")
    void closesOneThatIsGone() throws Exception {
        fill();
        sendThread.sendTo(queue.take());
        channel.failWith(new IOException("reset"));
        later.remove().run();
        verify(eventLoop, times(1)).requestClose(eq(connection), eq(connection.sequence()), any());
        assertThat(log.records()).isEmpty();
    }

    @Test
    @DisplayName("once it is read from again it is not looked at any more; a new pause is watched anew")
    void watchesOnlyWhilePaused() {
        fill();
        drain();
        later.remove().run();
        assertThat(later).isEmpty();
        verify(eventLoop, never()).requestClose(any(), anyLong(), any());
        fill();
        assertThat(later).hasSize(1);
    }

    @Test
    @DisplayName("however often reading pauses and goes on, one look waits, not one for each time")
    void watchesOnce() {
        for (int i = 0; i < 5; i++) {
            fill();
            drain();
        }
        assertThat(later).hasSize(1);
    }

    @Test
    @DisplayName("a client that has left meanwhile is not closed, nor is the next one in its place")
    void leavesTheNextOneAlone() {
        fill();
        Connections.free(connection);
        queue.closed(connection);
        later.remove().run();
        verify(eventLoop, never()).requestClose(any(), anyLong(), any());
        assertThat(log.records()).isEmpty();
    }

    private void fill() {
        channel.setRoom(0);
        for (int i = 0; i < 3; i++) {
            queue.msgSend(message(connection, 0, BODY));
        }
    }

    private void drain() {
        channel.setRoom(MAX_PENDING);
        sendThread.sendTo(queue.take());
        sendThread.sendTo(queue.take());
    }
}
