package dev.gserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gserver.Packets;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import dev.gserver.threadpool.MessageHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the three handlers answer, byte by byte. */
class HandlersTest {
    private final Client client = Connections.client(0, "client");

    static Stream<Arguments> packets() {
        String longUser = "u".repeat(56);
        return Stream.of(
                arguments(new PingHandler(), Packets.ping(), Packets.ping()),
                register(7, "anna", "secret"),
                register(-1, "Käthe 李小龙", "pässwörd"),
                register(Integer.MAX_VALUE, "", ""),
                register(7, longUser, "p".repeat(40)),
                login("anna", "secret"),
                login("Käthe 李小龙", "pässwörd"),
                login("", ""),
                login(longUser, "p".repeat(40)));
    }

    private static Arguments register(int type, String user, String password) {
        return arguments(
                new RegisterHandler(), Packets.register(type, user, password), Packets.register(type, user, ""));
    }

    private static Arguments login(String user, String password) {
        return arguments(new LoginHandler(), Packets.login(user, password), Packets.login(user, ""));
    }

    @ParameterizedTest
    @MethodSource("packets")
    @DisplayName("ping, register, login: one answer, the same packet with a blank password, its CRC right; the request"
            + " stays as it was, and the answer goes to who asked, also when another has its place now")
    void answersWithoutPassword(MessageHandler handler, byte[] packet, byte[] expected) {
        int code = ByteBuffer.wrap(packet).getShort(2);
        Message request = Connections.message(client, code, Arrays.copyOfRange(packet, 8, packet.length));
        Connections.leave(client);
        Connections.next(client, "next client");
        List<Message> answers = new ArrayList<>();
        handler.handle(request, answers::add);
        assertThat(answers).hasSize(1);
        assertThat(wire(answers.get(0))).isEqualTo(expected);
        assertThat(answers.get(0).client()).isSameAs(client);
        assertThat(wire(request)).isEqualTo(packet);
    }

    private static byte[] wire(Message message) {
        ByteBuffer out = ByteBuffer.allocate(message.packetLength());
        message.writeTo(out);
        return out.array();
    }

    @Test
    @DisplayName("codes and lengths of bodies: ping 0 and none, register 5 and 100 bytes, login 6 and 96")
    void codesAndBodies() {
        assertThat(List.of(PingHandler.CODE, RegisterHandler.CODE, LoginHandler.CODE))
                .containsExactly(0, 5, 6);
        assertThat(List.of(PingHandler.BODY_LENGTH, RegisterHandler.BODY_LENGTH, LoginHandler.BODY_LENGTH))
                .containsExactly(0, 100, 96);
    }
}
