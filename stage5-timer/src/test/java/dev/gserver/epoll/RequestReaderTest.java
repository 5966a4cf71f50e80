package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TraceRecorder;
import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private record Delivery(Client client, List<Message> messages, boolean wasReadFrom) {
        List<Integer> codes() {
            return messages.stream().map(Message::code).toList();
        }
    }

    private final LogRecorder log = new LogRecorder();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<List<Message>> lists = new ArrayList<>(); // as they were delivered, not copied
    private TestLoop loop;
    private Client client;
    private FakeChannel channel;
    private TraceRecorder trace;
    private RequestReader reader;
    private RuntimeException failure; // of the layer above; null: none

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop();
        trace = new TraceRecorder();
        reader = new RequestReader(loop.eventLoop, (TestLoop.Sink) this::deliver, new ClientWarnings(() -> 0));
        client = client(4);
        channel = channelOf(client);
    }

    private void deliver(Client from, List<Message> messages) {
        lists.add(messages);
        if (failure != null) {
            throw failure;
        }
        deliveries.add(new Delivery(from, List.copyOf(messages), isReadFrom(from)));
    }

    @AfterEach
    void closeAll() {
        trace.close();
        loop.close();
        log.close();
    }

    private void read(Client from) throws IOException {
        reader.handle(from.connection());
    }

    private Client client(int index) {
        Client newClient = Connections.client(index, "10.0.0." + index + ":5000", loop.eventLoop.clients());
        newClient.connection().setKey(loop.ports().get(0).key()); // a stand-in: no channel of ours has one
        return newClient;
    }

    private static FakeChannel channelOf(Client client) {
        return (FakeChannel) client.connection().channel();
    }

    private static boolean isReadFrom(Client client) {
        return !client.inputHasEnded();
    }

    @Test
    @DisplayName("gsx_wait_request_handler.1 gsx_wait_request_handler.2 gsx_wait_request_handler_proc_plast.1:"
            + " bytes, complete packet, handed on; in this order")
    void takesThreeSteps() throws Exception {
        channel.give(Packets.packet(5, new byte[] {1, 2, 3}));
        read(client);
        assertThat(trace.ids("gsx_wait"))
                .containsExactly(
                        "gsx_wait_request_handler.1",
                        "gsx_wait_request_handler.2",
                        "gsx_wait_request_handler_proc_plast.1");
        assertThat(trace.steps("gsx_wait_request_handler.1"))
                .extracting(Trace.Step::what)
                .containsExactly(client + ": bytes received: 11");
        assertThat(trace.steps("gsx_wait_request_handler.2"))
                .extracting(Trace.Step::what)
                .containsExactly(client + ": complete: packet of code 5");
    }

    @Test
    @DisplayName("gsx_wait_request_handler.1: a packet in fragments is handed on with its last byte, not before")
    void waitsForTheWholePacket() throws Exception {
        byte[] packet = Packets.packet(5, new byte[] {1, 2, 3});
        channel.give(Arrays.copyOfRange(packet, 0, 3))
                .give(Arrays.copyOfRange(packet, 3, 10))
                .give(Arrays.copyOfRange(packet, 10, 11));
        read(client);
        read(client);
        assertThat(trace.ids("gsx_wait")).containsExactly("gsx_wait_request_handler.1", "gsx_wait_request_handler.1");
        assertThat(deliveries).isEmpty();
        read(client);
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).messages().get(0).body()).containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("gsx_wait_request_handler_proc_plast.1: all packets of one read are handed on at once, in order")
    void deliversOnceForEachRead() throws Exception {
        channel.give(Packets.join(Packets.packet(1), Packets.packet(2, new byte[50]), Packets.packet(3)));
        read(client);
        assertThat(deliveries).hasSize(1);
        assertThat(deliveries.get(0).client()).isSameAs(client);
        assertThat(deliveries.get(0).codes()).containsExactly(1, 2, 3);
        assertThat(trace.steps("gsx_wait_request_handler_proc_plast.1"))
                .extracting(Trace.Step::what)
                .containsExactly(client + ": messages handed on: 3");
    }

    @Test
    @DisplayName("one event is one read: what came later waits for the next event")
    void readsOnceForEachEvent() throws Exception {
        channel.give(Packets.packet(1)).give(Packets.packet(2));
        read(client);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1));
        read(client);
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
        read(client);
        assertThat(deliveries.get(0).messages()).hasSize(8192);
    }

    @Test
    @DisplayName("the client has ended its side: input ends, without a warning")
    void endsInput() throws Exception {
        channel.end();
        read(client);
        assertThat(isReadFrom(client)).as("still read from").isFalse();
        assertThat(trace.ids("gsx_wait")).isEmpty();
        assertThat(log.records()).hasSize(1);
        assertThat(log.texts(Level.FINE)).singleElement().asString().endsWith(": the client has ended its side");
    }

    @Test
    @DisplayName("a bad header: what came before it is handed on first, then input ends")
    void deliversWhatCameBeforeABadHeader() throws Exception {
        channel.give(Packets.join(Packets.packet(1), Packets.packet(2), Packets.packet(7, 5, 0), Packets.packet(3)));
        read(client);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(1, 2));
        assertThat(deliveries.get(0).wasReadFrom()).isTrue();
        assertThat(isReadFrom(client)).isFalse();
    }

    @Test
    @DisplayName("a bad header: one warning with the peer's address, the value and what is expected")
    void warnsOfABadHeader() throws Exception {
        channel.give(Packets.packet(29_001, 5, 0));
        read(client);
        assertThat(lists).isEmpty();
        assertThat(isReadFrom(client)).isFalse();
        assertThat(log.texts(Level.WARNING))
                .containsExactly("10.0.0.4:5000: closed: packet length 29001, expected 8 to 29000");
    }

    @Test
    @DisplayName("bad headers: every one closes its connection, ten a second are warned of")
    void limitsWarningsOfBadHeaders() throws Exception {
        for (int i = 0; i < 11; i++) {
            Client bad = client(i);
            channelOf(bad).give(Packets.packet(7, 5, 0));
            read(bad);
            assertThat(isReadFrom(bad)).isFalse();
        }
        assertThat(log.texts(Level.WARNING)).hasSize(10);
    }

    @Test
    @DisplayName("a layer above that throws gets none of the messages again")
    void emptiesTheListAfterAFailure() throws Exception {
        failure = new IllegalStateException("no");
        channel.give(Packets.packet(1));
        assertThatThrownBy(() -> read(client)).isSameAs(failure);
        failure = null;
        Client other = client(5);
        channelOf(other).give(Packets.packet(2));
        read(other);
        assertThat(deliveries).extracting(Delivery::codes).containsExactly(List.of(2));
    }

    @Test
    @DisplayName("fragments of two clients that take turns do not mix in the shared buffer")
    void keepsClientsApart() throws Exception {
        byte[] mine = Packets.packet(5, new byte[] {1, 1, 1, 1});
        byte[] theirs = Packets.packet(6, new byte[] {2, 2, 2, 2, 2, 2});
        Client other = client(5);
        FakeChannel otherChannel = channelOf(other);
        for (int i = 0; i < mine.length; i++) {
            channel.give(new byte[] {mine[i]});
            otherChannel.give(new byte[] {theirs[i]});
            read(client);
            read(other);
        }
        otherChannel.give(Arrays.copyOfRange(theirs, mine.length, theirs.length));
        read(other);
        assertThat(deliveries).extracting(Delivery::client).containsExactly(client, other);
        assertThat(deliveries.get(0).messages().get(0).body()).containsOnly(1).hasSize(4);
        assertThat(deliveries.get(1).messages().get(0).body()).containsOnly(2).hasSize(6);
    }
}
