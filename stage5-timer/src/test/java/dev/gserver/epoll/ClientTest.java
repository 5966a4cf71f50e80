package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client and the place in the pool that it has: who is who when places are used again. */
class ClientTest {
    private final Client client = Connections.client(7, "10.0.0.7:5000");
    private final Connection connection = client.connection();

    @Test
    @DisplayName("iCurrsequence: it changes when the place is taken and when it is given back, and never comes again")
    void changesSequenceWithEachClient() {
        Connection place = new Connection(0);
        long unused = place.sequence();
        place.open(new FakeChannel(), "first");
        long first = place.sequence();
        place.free();
        long free = place.sequence();
        place.open(new FakeChannel(), "second");
        assertThat(new long[] {unused, first, free, place.sequence()}).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "a client has left as soon as its place is given back, also when another has it; each keeps its name for log lines")
    void leavesOnce() {
        assertThat(client.hasLeft()).isFalse();
        Connections.leave(client);
        assertThat(client.hasLeft()).isTrue();
        Client next = Connections.next(client, "10.0.0.8:6000");
        assertThat(client.hasLeft()).isTrue();
        assertThat(next.hasLeft()).isFalse();
        assertThat(next.connection()).isSameAs(connection);
        assertThat(connection.client()).isSameAs(next);
        assertThat(client.peer()).isEqualTo("10.0.0.7:5000");
        assertThat(client).hasToString("connection 7 (10.0.0.7:5000)");
        assertThat(next.peer()).isEqualTo("10.0.0.8:6000");
        assertThat(connection).hasToString("connection 7 (10.0.0.8:6000)");
    }

    @Test
    @DisplayName("half a packet of a client that left is not put in front of the next one's bytes")
    void forgetsHalfAPacket() throws Exception {
        connection.assembler().next(client, ByteBuffer.wrap(Packets.packet(5, new byte[9]), 0, 12));
        Connections.leave(client);
        Client next = Connections.next(client, "10.0.0.8:6000");
        Message message = connection.assembler().next(next, ByteBuffer.wrap(Packets.packet(1)));
        assertThat(message.code()).isEqualTo(1);
        assertThat(message.client()).isSameAs(next);
    }
}
