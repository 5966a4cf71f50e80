package dev.gserver.tools.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketTextTest {
    private static String text(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String word : words) {
            bytes.writeBytes(Packet.bytes(word));
        }
        return Packet.cut(bytes.toByteArray()).stream()
                .map(packet -> new PacketText(">", packet).toString())
                .collect(Collectors.joining("\n"));
    }

    @Test
    @DisplayName("a register and a ping, as docs/protocol.md has them")
    void decodes() {
        assertThat(text("register:alice:secret", "ping")).isEqualTo("""
                        > 00 6c                    length 108
                        > 00 05                    code 5, register
                        > a5 14 f7 a1              crc, right
                        > 00 00 00 01              type 1
                        > 61 6c 69 63 65           user name 'alice', then 51 zero bytes
                        > 73 65 63 72 65 74        password 'secret', then 34 zero bytes

                        > 00 08                    length 8
                        > 00 00                    code 0, ping
                        > 00 00 00 00              crc, right: there is no body
                        """);
    }

    @Test
    @DisplayName("a long name takes several lines")
    void breaksLines() {
        assertThat(text("login:a name of 21 letters:p")).contains("""
                > 61 20 6e 61 6d 65 20 6f  user name 'a name of 21 letters', then 36 zero bytes
                > 66 20 32 31 20 6c 65 74
                > 74 65 72 73
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0007000000000000 | > 00 07                    length 7, which cannot be: expected 8 to 29000",
                "0008006300000000 | > 00 63                    code 99, which the course does not have",
                "0009000000000000ff | > 00 00 00 00              crc, wrong: that of the body is ff000000",
                "0009000000000000ff | > ff                       body of 1 bytes, which cannot be: expected 0",
                "000800 | > 00                       not a whole packet",
                "00 | > 00                       not a whole packet",
            })
    @DisplayName("what is wrong with a packet stands beside the bytes that are wrong")
    void tellsWhatIsWrong(String hex, String line) {
        assertThat(text("hex:" + hex).lines()).contains(line);
    }

    @Test
    @DisplayName("only what a server has to answer asks for an answer")
    void expectsAnswers() {
        assertThat(new Packet(Packet.bytes("ping")).asksForAnswer()).isTrue();
        assertThat(new Packet(Packet.bytes("login:a:b")).asksForAnswer()).isTrue();
        for (String hex :
                new String[] {"00080000000000", "0008006300000000", "0009000000000000ff", "0008000500000000"}) {
            assertThat(new Packet(HexFormat.of().parseHex(hex)).asksForAnswer())
                    .as(hex)
                    .isFalse();
        }
    }
}
