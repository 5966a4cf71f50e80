package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketHeaderTest {
    @Test
    @DisplayName("eight bytes, big-endian: length, code, CRC-32")
    void readsBigEndian() throws Exception {
        PacketHeader header = PacketHeader.read(bytes(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08));
        assertThat(header).isEqualTo(new PacketHeader(0x0102, 0x0304, 0x05060708));
    }

    @Test
    @DisplayName("the code is unsigned, up to 65535")
    void readsUnsignedCodes() throws Exception {
        PacketHeader header = PacketHeader.read(bytes(0, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        assertThat(header.code()).isEqualTo(65_535);
        assertThat(header.crc32()).isEqualTo(-1);
    }

    @Test
    @DisplayName("the length is unsigned: 65535 is too long, not negative")
    void readsUnsignedLengths() {
        assertThatThrownBy(() -> PacketHeader.read(bytes(0xff, 0xff, 0, 0, 0, 0, 0, 0)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("packet length 65535, expected 8 to 29000");
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
