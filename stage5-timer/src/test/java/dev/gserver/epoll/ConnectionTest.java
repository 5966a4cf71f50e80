package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final Connection connection = new Connection(7);

    @Test
    @DisplayName("the sequence number changes when the place is taken and when it is given back, and never comes again")
    void changesSequenceWithEachClient() {
        long unused = connection.sequence();
        connection.open(new FakeChannel(), "first");
        long first = connection.sequence();
        connection.free();
        long free = connection.sequence();
        connection.open(new FakeChannel(), "second");
        assertThat(new long[] {unused, first, free, connection.sequence()}).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a sequence number is stale as soon as its client has left")
    void goesStale() {
        connection.open(new FakeChannel(), "first");
        long sequence = connection.sequence();
        assertThat(connection.isStale(sequence)).isFalse();
        connection.free();
        assertThat(connection.isStale(sequence)).isTrue();
        connection.open(new FakeChannel(), "second");
        assertThat(connection.isStale(sequence)).isTrue();
        assertThat(connection.isStale(connection.sequence())).isFalse();
    }

    @Test
    @DisplayName("the peer of a client that left is not that of the next one")
    void tellsThePeerOfTheRightClient() {
        connection.open(new FakeChannel(), "first");
        long sequence = connection.sequence();
        assertThat(connection.peer(sequence)).isEqualTo("first");
        connection.free();
        assertThat(connection.peer(sequence)).isEqualTo("a client that has left");
        connection.open(new FakeChannel(), "second");
        assertThat(connection.peer(sequence)).isEqualTo("a client that has left");
        assertThat(connection.peer(connection.sequence())).isEqualTo("second");
    }

    @Test
    @DisplayName("a new client's input has not ended, even if the one before had ended its own")
    void startsWithInputOpen() {
        connection.open(new FakeChannel(), "first");
        assertThat(connection.inputEnded()).isFalse();
        connection.endInput();
        assertThat(connection.inputEnded()).isTrue();
        connection.free();
        connection.open(new FakeChannel(), "second");
        assertThat(connection.inputEnded()).isFalse();
    }

    @Test
    @DisplayName("a free place has no channel, key or handlers")
    void forgetsTheClient() {
        assertThat(connection.isOpen()).isFalse();
        connection.open(new FakeChannel(), "first");
        connection.setReadHandler(ignored -> {});
        connection.setWriteHandler(ignored -> {});
        assertThat(connection.isOpen()).isTrue();
        connection.free();
        assertThat(connection.isOpen()).isFalse();
        assertThat(connection.channel()).isNull();
        assertThat(connection.key()).isNull();
        assertThat(connection.readHandler()).isNull();
        assertThat(connection.writeHandler()).isNull();
    }

    @Test
    @DisplayName("half a packet of a client that left is not put in front of the next one's bytes")
    void forgetsHalfAPacket() throws Exception {
        connection.open(new FakeChannel(), "first");
        connection.assembler().next(connection, ByteBuffer.wrap(Packets.packet(5, new byte[9]), 0, 12));
        connection.free();
        connection.open(new FakeChannel(), "second");
        Message message = connection.assembler().next(connection, ByteBuffer.wrap(Packets.packet(1)));
        assertThat(message.code()).isEqualTo(1);
        assertThat(message.sequence()).isEqualTo(connection.sequence());
    }

    @Test
    @DisplayName("a port is a connection that listens, a client is one with bytes")
    void tellsPortsFromClients() throws Exception {
        try (ServerSocketChannel port = ServerSocketChannel.open()) {
            connection.open(port, "port");
            assertThat(connection.isListening()).isTrue();
            assertThat(connection.channel()).isSameAs(port);
        }
        connection.free();
        FakeChannel client = new FakeChannel();
        connection.open(client, "client");
        assertThat(connection.isListening()).isFalse();
        assertThat(connection.bytes()).isSameAs(client);
    }

    @Test
    @DisplayName("a log line shows the number of the place and the peer, also after the client has left")
    void printsIndexAndPeer() {
        connection.open(new FakeChannel(), "10.0.0.7:5000");
        connection.free();
        assertThat(connection).hasToString("connection 7 (10.0.0.7:5000)");
        assertThat(connection.index()).isEqualTo(7);
    }
}
