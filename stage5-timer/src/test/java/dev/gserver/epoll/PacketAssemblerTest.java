package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.gserver.Packets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // nothing else ends a spin
class PacketAssemblerTest {
    private static final byte[] STREAM = Packets.join(
            Packets.ping(),
            Packets.packet(1, (byte) 42),
            Packets.packet(5, random(100)),
            Packets.packet(65_535, random(1000)),
            Packets.ping());
    private static final int STREAM_PACKETS = 5;

    private final Client client = Connections.client(0, "peer");
    private final PacketAssembler assembler = new PacketAssembler();

    @Test
    @DisplayName("a stream cut in two at any byte, or at every byte, gives the same messages")
    void joinsWhatWasCutAnywhere() throws Exception {
        List<Message> whole = feed(ByteBuffer.wrap(STREAM));
        assertThat(whole).hasSize(STREAM_PACKETS);
        assertThat(onTheWire(whole)).isEqualTo(STREAM);
        assertThat(whole).extracting(Message::client).containsOnly(client);
        List<Message> bytewise = new ArrayList<>();
        for (int at = 0; at < STREAM.length; at++) {
            bytewise.addAll(feed(ByteBuffer.wrap(STREAM, at, 1)));
        }
        assertThat(onTheWire(bytewise)).as("byte by byte").isEqualTo(STREAM);
        for (int cut = 0; cut <= STREAM.length; cut++) {
            List<Message> messages = feed(ByteBuffer.wrap(STREAM, 0, cut));
            messages.addAll(feed(ByteBuffer.wrap(STREAM, cut, STREAM.length - cut)));
            assertThat(onTheWire(messages)).as("cut at byte %d", cut).isEqualTo(STREAM);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 29_001, 65_535})
    @DisplayName("a length outside 8 to 29000 is rejected as soon as the header is there, and forgotten by clear")
    void rejectsImpossibleLengths(int length) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(Packets.join(Packets.packet(length, 5, 0), STREAM));
        assertThat(assembler.next(client, in.limit(5))).isNull();
        in.limit(in.capacity());
        assertThatThrownBy(() -> assembler.next(client, in))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("packet length " + length + ", expected 8 to 29000");
        assembler.clear();
        assertThat(onTheWire(feed(in))).isEqualTo(STREAM);
    }

    @Test
    @DisplayName("clear forgets a header of which a part is there")
    void forgetsPartOfAHeader() throws Exception {
        feed(ByteBuffer.wrap(STREAM, 0, 5));
        assembler.clear();
        assertThat(onTheWire(feed(ByteBuffer.wrap(STREAM)))).isEqualTo(STREAM);
    }

    private List<Message> feed(ByteBuffer in) throws MalformedPacketException {
        List<Message> messages = new ArrayList<>();
        Message message;
        while ((message = assembler.next(client, in)) != null) {
            messages.add(message);
        }
        if (in.hasRemaining()) {
            fail("not all bytes taken: " + in);
        }
        return messages;
    }

    private static byte[] onTheWire(List<Message> messages) {
        return Packets.join(messages.stream()
                .map(message -> Packets.packet(message.packetLength(), message.code(), message.crc32(), message.body()))
                .toArray(byte[][]::new));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
