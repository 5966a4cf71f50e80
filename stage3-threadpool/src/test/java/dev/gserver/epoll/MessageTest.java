package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.Packets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageTest {
    private final Client client = Connections.client(3, "10.0.0.7:5000");

    @Test
    @DisplayName("the CRC is CRC-32 as everybody computes it, and 0 for an empty body")
    void computesCrc32() {
        assertThat(Message.crc32Of("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xCBF43926);
        assertThat(Message.crc32Of(new byte[0])).isZero();
    }

    @Test
    @DisplayName("an answer has the client and the code of its question, and its own CRC")
    void answers() {
        byte[] body = {1, 2, 3};
        Message answer = new Message(client, 40_000, 99, new byte[50]).answer(body);
        assertThat(answer).isEqualTo(new Message(client, 40_000, Message.crc32Of(body), body));
        assertThat(answer.body()).isSameAs(body);
    }

    @Test
    @DisplayName("it costs at least its body, and a byte on the wire costs at most 8")
    void countsMemory() {
        assertThat(Connections.message(client, 5, new byte[100]).heapBytes()).isBetween(100, 8 * 108);
        assertThat(Connections.message(client, 0).heapBytes()).isBetween(37, 8 * 8);
    }

    @Test
    @DisplayName("what writeTo appends is the packet on the wire, at its place in the buffer")
    void writesThePacket() {
        ByteBuffer out = ByteBuffer.allocate(30).position(5);
        Connections.message(client, 65_535, new byte[] {1, 2, 3}).writeTo(out);
        assertThat(out.position()).isEqualTo(5 + 11);
        byte[] written = new byte[11];
        out.get(5, written);
        assertThat(written).isEqualTo(Packets.packet(65_535, new byte[] {1, 2, 3}));
    }

    @Test
    @DisplayName("a body longer than the wire format allows is refused")
    void refusesTooLongABody() {
        assertThatThrownBy(() -> Connections.message(client, 5, new byte[28_993]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("code 5 with a body of 28993 bytes, expected at most 28992");
    }

    @Test
    @DisplayName("a log line shows code and client, and no body")
    void printsNoBody() {
        Message message = Connections.message(client, 6, "secret".getBytes(StandardCharsets.US_ASCII));
        assertThat(message).hasToString("code 6 of connection 3 (10.0.0.7:5000)");
    }
}
