package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageTest {
    private final Connection connection = Connections.open(3, "10.0.0.7:5000");

    @Test
    @DisplayName("the CRC is CRC-32 as everybody computes it, and 0 for an empty body")
    void computesCrc32() {
        assertThat(Message.crc32Of("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xCBF43926);
        assertThat(Message.crc32Of(new byte[0])).isZero();
    }

    @Test
    @DisplayName("an answer has the connection, sequence number and code of its question, and its own CRC")
    void answers() {
        Message question = new Message(connection, 17, 40_000, 99, new byte[50]);
        byte[] body = {1, 2, 3};
        Message answer = question.answer(body);
        assertThat(answer.connection()).isSameAs(connection);
        assertThat(answer.sequence()).isEqualTo(17);
        assertThat(answer.code()).isEqualTo(40_000);
        assertThat(answer.crc32()).isEqualTo(Message.crc32Of(body));
        assertThat(answer.body()).isSameAs(body);
    }

    @Test
    @DisplayName("what writeTo appends is the packet on the wire, at its place in the buffer")
    void writesThePacket() {
        ByteBuffer out = ByteBuffer.allocate(30).position(5);
        Connections.message(connection, 65_535, new byte[] {1, 2, 3}).writeTo(out);
        assertThat(out.position()).isEqualTo(5 + 11);
        byte[] written = new byte[11];
        out.get(5, written);
        assertThat(written).isEqualTo(Packets.packet(65_535, new byte[] {1, 2, 3}));
    }

    @Test
    @DisplayName("the longest packet survives writing and reading")
    void writesTheLongestPacket() throws Exception {
        ByteBuffer out = ByteBuffer.allocate(29_000);
        Connections.message(connection, 6, new byte[28_992]).writeTo(out);
        Message read = new PacketAssembler().next(connection, out.flip());
        assertThat(read.packetLength()).isEqualTo(29_000);
        assertThat(read.body()).hasSize(28_992);
    }

    @Test
    @DisplayName("the packet length counts the header")
    void countsTheHeader() {
        assertThat(Connections.message(connection, 0).packetLength()).isEqualTo(8);
        assertThat(Connections.message(connection, 5, new byte[100]).packetLength())
                .isEqualTo(108);
    }

    @Test
    @DisplayName("a message is stale once its client has left, also when another has the place")
    void goesStaleWithItsClient() {
        Message message = Connections.message(connection, 0);
        assertThat(message.isStale()).isFalse();
        Connections.free(connection);
        assertThat(message.isStale()).isTrue();
        Connections.reopen(connection, "next");
        assertThat(message.isStale()).isTrue();
    }

    @Test
    @DisplayName("its peer is the client that sent it, never the one that has the place now")
    void namesItsOwnClient() {
        Message message = Connections.message(connection, 0);
        assertThat(message.peer()).isEqualTo("10.0.0.7:5000");
        Connections.free(connection);
        Connections.reopen(connection, "10.0.0.8:6000");
        assertThat(message.peer()).isEqualTo("a client that has left");
        assertThat(message).hasToString("code 0 of connection 3 (a client that has left)");
    }

    @Test
    @DisplayName("a log line shows code and connection, and no body")
    void printsNoBody() {
        Message message = Connections.message(connection, 6, "secret".getBytes(StandardCharsets.US_ASCII));
        assertThat(message).hasToString("code 6 of connection 3 (10.0.0.7:5000)");
    }
}
