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
import dev.gserver.Trace;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The queue, the send thread and the write handler, driven by hand; the event loop is a mock. */
class SendQueueTest {
    private static final int MAX_PENDING = 100_000;

    private final LogRecorder log = new LogRecorder();
    private final TraceRecorder trace = new TraceRecorder();
    private final EventLoop eventLoop = mock(EventLoop.class);
    private final SendQueue queue = new SendQueue(eventLoop, 10, MAX_PENDING, new ClientWarnings(() -> 0));
    private final SendThread sendThread = new SendThread(queue);
    private final WriteHandler writeHandler = new WriteHandler(eventLoop, queue);
    private final SlowChannel channel = new SlowChannel(1_000);
    private final Connection connection = Connections.open(3, "peer", channel);

    @BeforeEach
    void open() {
        doAnswer(call -> {
                    call.<Runnable>getArgument(2).run();
                    return null;
                })
                .when(eventLoop)
                .executeFor(any(), anyLong(), any());
        queue.opened(connection);
    }

    @AfterEach
    void close() {
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("msgSend.1 msgSend.2: the packet is appended, then the send thread is woken")
    void appendsThenWakes() {
        queue.msgSend(message(connection, 0));
        assertThat(trace.ids("msgSend")).containsExactly("msgSend.1", "msgSend.2");
        assertThat(queue.take().connection()).isSameAs(connection);
    }

    @Test
    @DisplayName(
            "a pause and its end are asked for in the order in which they were decided: under the outbox's monitor")
    void pausesAndResumesInOrder() throws Exception {
        Outbox outbox = queue.outbox(connection);
        List<Boolean> held = new ArrayList<>();
        doAnswer(call -> held.add(Thread.holdsLock(outbox))).when(eventLoop).executeFor(any(), anyLong(), any());
        doAnswer(call -> held.add(Thread.holdsLock(outbox))).when(eventLoop).resumeReading(any(), anyLong());
        channel.setRoom(MAX_PENDING);
        while (held.isEmpty()) {
            queue.msgSend(message(connection, 0, new byte[10_000]));
        }
        sendThread.sendTo(queue.take());
        assertThat(held).containsExactly(true, true);
    }

    @Test
    @DisplayName("msgSend.2: packets of one client that come close wake the send thread once")
    void wakesOnceForABurst() throws Exception {
        for (int i = 0; i < 3; i++) {
            queue.msgSend(message(connection, i));
        }
        assertThat(trace.ids("msgSend")).containsExactly("msgSend.1", "msgSend.2", "msgSend.1", "msgSend.1");
        sendThread.sendTo(queue.take());
        assertThat(channel.written()).hasSize(3 * 8);
        queue.close();
        assertThat(queue.take()).as("nothing else was in the list").isNull();
    }

    @Test
    @DisplayName(
            "ServerSendQueueThread.4 ServerSendQueueThread.5: sent directly, all of it; the event loop hears of it")
    void sendsDirectly() {
        queue.msgSend(message(connection, 0));
        assertThat(queue.busy(connection)).isTrue();
        sendThread.sendTo(queue.take());
        assertThat(trace.ids("ServerSendQueueThread"))
                .containsExactly("ServerSendQueueThread.4", "ServerSendQueueThread.5");
        assertThat(whatOf("ServerSendQueueThread.5")).singleElement().asString().endsWith("all sent");
        assertThat(queue.busy(connection)).isFalse();
        verify(eventLoop).workDone(connection, connection.sequence());
        verify(eventLoop, never()).addEvent(any(), eq(SelectionKey.OP_WRITE));
    }

    @Test
    @DisplayName("ServerSendQueueThread.5: only part sent, so a write event is to drive the rest")
    void handsOverToTheWriteEvent() {
        channel.setRoom(5);
        queue.msgSend(message(connection, 0));
        sendThread.sendTo(queue.take());
        assertThat(whatOf("ServerSendQueueThread.5")).singleElement().asString().contains("part sent");
        verify(eventLoop).executeFor(eq(connection), eq(connection.sequence()), any());
        verify(eventLoop).addEvent(connection, SelectionKey.OP_WRITE);
        verify(eventLoop, never()).workDone(any(), anyLong());
    }

    @Test
    @DisplayName("ServerSendQueueThread.3: while a write event drives the rest, the send thread leaves it alone")
    void leavesAFullSocketAlone() {
        channel.setRoom(5);
        queue.msgSend(message(connection, 0));
        sendThread.sendTo(queue.take());
        channel.setRoom(1_000);
        queue.msgSend(message(connection, 0));
        sendThread.sendTo(queue.take());
        assertThat(trace.ids("ServerSendQueueThread").get(2)).isEqualTo("ServerSendQueueThread.3");
        assertThat(channel.written()).hasSize(5);
    }

    @Test
    @DisplayName("ServerSendQueueThread.2: packets whose client has left are dropped")
    void dropsStalePackets() {
        queue.msgSend(message(connection, 0));
        Connections.free(connection);
        sendThread.sendTo(queue.take());
        assertThat(trace.ids("ServerSendQueueThread")).containsExactly("ServerSendQueueThread.2");
        assertThat(channel.writes()).isZero();
        verify(eventLoop, never()).requestClose(any(), anyLong(), any());
    }

    @Test
    @DisplayName("an answer to a client that has left never reaches the next owner of its connection")
    void keepsAnswersFromTheNextOwner() {
        Message late = message(connection, 5);
        Connections.free(connection);
        queue.closed(connection);
        queue.msgSend(late);
        SlowChannel next = new SlowChannel(1_000);
        Connections.reopen(connection, "next", next);
        queue.opened(connection);
        queue.msgSend(late);
        queue.msgSend(message(connection, 6));
        sendThread.sendTo(queue.take());
        assertThat(next.written()).hasSize(8).startsWith(0, 8, 0, 6);
        assertThat(channel.writes()).isZero();
    }

    @Test
    @DisplayName("gsx_write_request_handler.1 gsx_write_request_handler.2 gsx_write_request_handler.3:"
            + " the rest is sent event by event, then the write event is taken off")
    void goesOnWithWriteEvents() throws Exception {
        channel.setRoom(5);
        queue.msgSend(message(connection, 0));
        sendThread.sendTo(queue.take());
        channel.setRoom(2);
        writeHandler.handle(connection);
        assertThat(trace.ids("gsx_write"))
                .containsExactly("gsx_write_request_handler.1", "gsx_write_request_handler.2");
        verify(eventLoop, never()).removeEvent(any(), eq(SelectionKey.OP_WRITE));
        channel.setRoom(2);
        writeHandler.handle(connection);
        assertThat(trace.ids("gsx_write").subList(2, 4))
                .containsExactly("gsx_write_request_handler.1", "gsx_write_request_handler.3");
        verify(eventLoop).removeEvent(connection, SelectionKey.OP_WRITE);
        verify(eventLoop).workDone(connection, connection.sequence());
        assertThat(channel.written()).containsExactly(0, 8, 0, 0, 0, 0, 0, 0);
    }

    @Test
    @DisplayName("a write event that nobody waits for any more is taken off; the packet is left to the send thread")
    void leavesTheChannelToTheSendThread() throws Exception {
        channel.setRoom(MAX_PENDING);
        queue.msgSend(message(connection, 0));
        writeHandler.handle(connection);
        verify(eventLoop).removeEvent(connection, SelectionKey.OP_WRITE);
        assertThat(channel.writes()).isZero();
        sendThread.sendTo(queue.take());
        assertThat(channel.written()).hasSize(8);
    }

    @Test
    @DisplayName("a client with more than a buffer waiting gets one turn, then the next client")
    void takesTurns() {
        channel.setRoom(MAX_PENDING);
        SlowChannel otherChannel = new SlowChannel(1_000);
        Connection other = Connections.open(4, "other", otherChannel);
        queue.opened(other);
        for (int i = 0; i < 3; i++) {
            queue.msgSend(message(connection, 0, new byte[28_992]));
        }
        queue.msgSend(message(other, 0));
        sendThread.sendTo(queue.take());
        assertThat(channel.written()).hasSize(2 * 29_000);
        sendThread.sendTo(queue.take());
        assertThat(otherChannel.written()).hasSize(8);
        sendThread.sendTo(queue.take());
        assertThat(channel.written()).hasSize(3 * 29_000);
        assertThat(trace.steps("ServerSendQueueThread.5")).hasSize(2);
    }

    @Test
    @DisplayName("a client that lets too much wait is closed, once, with a warning; the others go on")
    void closesSlowReader() {
        for (int i = 0; i < 5; i++) {
            queue.msgSend(message(connection, 0, new byte[28_992]));
        }
        verify(eventLoop, times(1)).requestClose(eq(connection), eq(connection.sequence()), any());
        assertThat(log.texts(Level.WARNING))
                .containsExactly("peer: closed: it does not read its answers: more than 100000 bytes would wait"
                        + " to be sent");
        assertThat(queue.busy(connection)).isFalse();
        sendThread.sendTo(queue.take());
        assertThat(channel.written()).isEmpty();
    }

    @Test
    @DisplayName("a client that cannot be written to is closed, and what waits for it dropped")
    void closesBrokenClient() {
        channel.failWith(new IOException("Broken pipe"));
        queue.msgSend(message(connection, 0));
        sendThread.sendTo(queue.take());
        verify(eventLoop).requestClose(connection, connection.sequence(), "Broken pipe");
        assertThat(queue.busy(connection)).isFalse();
        queue.msgSend(message(connection, 0));
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    @Test
    @DisplayName("when a connection closes, what waits for it is dropped")
    void forgetsClosedConnection() {
        queue.msgSend(message(connection, 0));
        Outbox outbox = queue.take();
        queue.closed(connection);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(queue.outbox(connection)).isNull();
    }

    @Test
    @DisplayName("ServerSendQueueThread.1: the thread waits at the semaphore, and passes it once for each outbox")
    void waitsAtTheSemaphore() throws Exception {
        FutureTask<Outbox> taken = new FutureTask<>(queue::take);
        Thread taker = new Thread(taken);
        taker.start();
        while (taker.getState() != Thread.State.WAITING
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        queue.msgSend(message(connection, 0));
        assertThat(taken.get().connection()).isSameAs(connection);

        sendThread.start();
        Connection other = Connections.open(5, "other", new SlowChannel(1_000));
        queue.opened(other);
        queue.msgSend(message(other, 0));
        trace.await("ServerSendQueueThread.5", 1);
        sendThread.close();
        assertThat(trace.ids("ServerSendQueueThread"))
                .containsExactly("ServerSendQueueThread.1", "ServerSendQueueThread.4", "ServerSendQueueThread.5");
    }

    @Test
    @DisplayName("send.guide: one thread, called send, does all the sending, and is gone after close")
    void sendsWithOneThread() throws Exception {
        sendThread.start();
        for (int index = 4; index < 9; index++) {
            Connection other = Connections.open(index, "other", new SlowChannel(1_000));
            queue.opened(other);
            queue.msgSend(message(other, 0));
        }
        trace.await("ServerSendQueueThread.5", 5);
        sendThread.close();
        assertThat(trace.steps("ServerSendQueueThread.4"))
                .extracting(Trace.Step::thread)
                .containsOnly("send");
        assertThat(trace.steps("send.guide")).hasSize(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("send");
    }

    private List<String> whatOf(String id) {
        return trace.steps(id).stream().map(Trace.Step::what).toList();
    }
}
