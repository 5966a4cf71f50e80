package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketHeaderTest {
    @Test
    @DisplayName("eight bytes, big-endian: length, code, unsigned, CRC-32")
    void readsBigEndian() throws Exception {
        PacketHeader header = PacketHeader.read(bytes(0x01, 0x02, 0xfe, 0x04, 0x85, 0x06, 0x07, 0x08));
        assertThat(header).isEqualTo(new PacketHeader(0x0102, 0xfe04, 0x85060708));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 28_999, 29_000})
    @DisplayName("the body is what the length leaves after the header")
    void tellsTheBodyLength(int length) throws Exception {
        PacketHeader header = PacketHeader.read(bytes(length >> 8, length, 0, 0, 0, 0, 0, 0));
        assertThat(header.packetLength()).isEqualTo(length);
        assertThat(header.bodyLength()).isEqualTo(length - 8);
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer result = ByteBuffer.allocate(values.length);
        for (int value : values) {
            result.put((byte) value);
        }
        return result.flip();
    }
}
