package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.Trace;
import dev.gserver.TraceRecorder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class RequestReaderTest {
    private record Delivery(Connection connection, List<Message> messages) {
        List<Integer> codes() {
            return messages.stream().map(Message::code).toList();
        }
    }

    private final TraceRecorder trace = new TraceRecorder();
    private final LogRecorder log = new LogRecorder();
    private final EventLoop eventLoop = mock(EventLoop.class);
    private final MessageSink sink = mock(MessageSink.class);
    private final RequestReader reader = new RequestReader(eventLoop, new ClientWarnings(() -> 0));
    private final List<Delivery> deliveries = new ArrayList<>();
    private final FakeChannel channel = new FakeChannel();
    private final Connection connection = connection(4, channel);

    @BeforeEach
    void recordDeliveries() {
        when(eventLoop.sink()).thenReturn(sink);
        doAnswer(call -> deliveries.add(new Delivery(call.getArgument(0), List.copyOf(call.getArgument(1)))))
                .when(sink)
                .deliver(any(), any());
    }

    @AfterEach
    void endRecorders() {
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("gsx_wait_request_handler.1 gsx_wait_request_handler.2 gsx_wait_request_handler_proc_plast.1:"
            + " bytes, complete packet, handed on; in this order")
    void takesThreeSteps() throws Exception {
        channel.give(Packets.packet(5, new byte[] {1, 2, 3}));
        reader.handle(connection);
        assertThat(trace.ids("gsx_wait"))
                .containsExactly(
                        "gsx_wait_request_handler.1",
                        "gsx_wait_request_handler.2",
                        "gsx_wait_request_handler_proc_plast.1");
        assertThat(trace.steps("gsx_wait_request_handler.1"))
                .extracting(Trace.Step::what)
                .containsExactly(connection + ": bytes received: 11");
        assertThat(trace.steps("gsx_wait_request_handler.2"))
                .extracting(Trace.Step::what)
                .containsExactly(connection + ": complete: packet of code 5");
    }

    @Test
    @DisplayName("gsx_wait_request_handler.1: a packet in fragments is handed on with its last byte, not before")
    void waitsForTheWholePacket() throws Exception {
        byte[] packet = Packets.packet(5, new byte[] {1, 2, 3});
        channel.give(Arrays.copyOfRange(packet, 0, 3))
                .give(Arrays.copyOfRange(packet, 3, 10))
                .give(Arrays.copyOfRange(packet, 10, 11));
        reader.handle(connection);
        reader.handle(connection);
        assertThat(trace.ids("gsx_wait")).containsExactly("gsx_wait_request_handler.1", "gsx_wait_request_handler.1");
        assertThat(deliveries).isEmpty();
        reader.handle(connection);
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).messages().get(0).body()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("gsx_wait_request_handler_proc_plast.1: all packets of one read are handed on at once, in order")
    void deliversOnceForEachRead() throws Exception {
        channel.give(Packets.join(Packets.packet(1), Packets.packet(2, new byte[50]), Packets.packet(3)));
        reader.handle(connection);
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).connection()).isSameAs(connection);
        assertThat(deliveries.get(0).codes()).containsExactly(1, 2, 3);
        assertThat(trace.steps("gsx_wait_request_handler_proc_plast.1"))
                .extracting(Trace.Step::what)
                .containsExactly(connection + ": messages handed on: 3");
    }

    @Test
    @DisplayName("one event is one read: what came later waits for the next event")
    void readsOnceForEachEvent() throws Exception {
        channel.give(Packets.packet(1)).give(Packets.packet(2));
        reader.handle(connection);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1));
        reader.handle(connection);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1), List.of(2));
    }

    @Test
    @DisplayName("a read that fills the buffer, 64 KiB, is taken apart to its end")
    void takesAFullBuffer() throws Exception {
        byte[] pings = new byte[RequestReader.READ_BUFFER_BYTES];
        for (int at = 0; at < pings.length; at += 8) {
            System.arraycopy(Packets.ping(), 0, pings, at, 8);
        }
        channel.give(pings);
        reader.handle(connection);
        assertThat(deliveries.get(0).messages()).hasSize(8192);
    }

    @Test
    @DisplayName("a packet and the beginning of the next: one now, the other when it is complete")
    void keepsTheBeginningOfTheNext() throws Exception {
        byte[] both = Packets.join(Packets.packet(1), Packets.packet(2, new byte[] {9}));
        channel.give(Arrays.copyOfRange(both, 0, 12)).give(Arrays.copyOfRange(both, 12, both.length));
        reader.handle(connection);
        reader.handle(connection);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1), List.of(2));
    }

    @Test
    @DisplayName("a read of nothing hands nothing on and closes nothing")
    void ignoresEmptyReads() throws Exception {
        reader.handle(connection);
        verify(sink, never()).deliver(any(), any());
        verify(eventLoop, never()).endInput(any(), any());
    }

    @Test
    @DisplayName("the client has ended its side: input ends, without a warning")
    void endsInput() throws Exception {
        channel.end();
        reader.handle(connection);
        verify(eventLoop).endInput(connection, "the client has ended its side");
        assertThat(trace.ids("gsx_wait")).isEmpty();
        assertThat(log.records()).isEmpty();
    }

    @Test
    @DisplayName("a bad header: what came before it is handed on first, then input ends")
    void deliversWhatCameBeforeABadHeader() throws Exception {
        channel.give(Packets.join(Packets.packet(1), Packets.packet(2), Packets.packet(7, 5, 0), Packets.packet(3)));
        reader.handle(connection);
        InOrder order = inOrder(sink, eventLoop);
        order.verify(sink).deliver(same(connection), any());
        order.verify(eventLoop).endInput(connection, "its framing is lost");
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1, 2));
    }

    @Test
    @DisplayName("a bad header: one warning with the peer's address, the value and what is expected")
    void warnsOfABadHeader() throws Exception {
        channel.give(Packets.packet(29_001, 5, 0));
        reader.handle(connection);
        verify(sink, never()).deliver(any(), any());
        verify(eventLoop).endInput(same(connection), anyString());
        assertThat(log.texts(Level.WARNING))
                .containsExactly("10.0.0.4:5000: closed: packet length 29001, expected 8 to 29000");
        assertThat(log.records()).hasSize(1);
    }

    @Test
    @DisplayName("bad headers: every one closes its connection, ten a second are warned of")
    void limitsWarningsOfBadHeaders() throws Exception {
        for (int i = 0; i < 11; i++) {
            reader.handle(connection(i, new FakeChannel().give(Packets.packet(7, 5, 0))));
        }
        verify(eventLoop, times(11)).endInput(any(), anyString());
        assertThat(log.records()).hasSize(10);
    }

    @Test
    @DisplayName("the list is the reader's: it is empty again when deliver has returned")
    void emptiesTheList() throws Exception {
        List<List<Message>> lists = new ArrayList<>();
        doAnswer(call -> lists.add(call.getArgument(1))).when(sink).deliver(any(), any());
        channel.give(Packets.packet(1));
        reader.handle(connection);
        assertThat(lists).hasSize(1);
        assertThat(lists.get(0)).isEmpty();
    }

    @Test
    @DisplayName("a layer above that throws gets none of the messages again")
    void emptiesTheListAfterAFailure() throws Exception {
        doThrow(new IllegalStateException("no")).when(sink).deliver(same(connection), any());
        channel.give(Packets.packet(1));
        assertThatThrownBy(() -> reader.handle(connection)).hasMessage("no");
        Connection other = connection(5, new FakeChannel().give(Packets.packet(2)));
        reader.handle(other);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(2));
        verify(sink).deliver(eq(other), any());
    }

    @Test
    @DisplayName("fragments of two clients that take turns do not mix in the shared buffer")
    void keepsClientsApart() throws Exception {
        byte[] mine = Packets.packet(5, new byte[] {1, 1, 1, 1});
        byte[] theirs = Packets.packet(6, new byte[] {2, 2, 2, 2, 2, 2});
        FakeChannel otherChannel = new FakeChannel();
        Connection other = connection(5, otherChannel);
        for (int i = 0; i < mine.length; i++) {
            channel.give(new byte[] {mine[i]});
            otherChannel.give(new byte[] {theirs[i]});
            reader.handle(connection);
            reader.handle(other);
        }
        otherChannel.give(Arrays.copyOfRange(theirs, mine.length, theirs.length));
        reader.handle(other);
        assertThat(deliveries).extracting(Delivery::connection).containsExactly(connection, other);
        assertThat(deliveries.get(0).messages().get(0).body()).containsOnly(1).hasSize(4);
        assertThat(deliveries.get(1).messages().get(0).body()).containsOnly(2).hasSize(6);
    }

    private static Connection connection(int index, FakeChannel channel) {
        Connection connection = new Connection(index);
        connection.open(channel, "10.0.0." + index + ":5000");
        return connection;
    }
}
