package dev.gserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterHandlerTest {
    private final Client client = Connections.client(0, "client");

    @ParameterizedTest
    @CsvSource({"7, anna, secret", "-1, Käthe 李小龙, pässwörd", "2147483647, '', ''"})
    @DisplayName("the answer has the same code, type and user name, a blank password and the right CRC")
    void answer(int type, String user, String password) {
        Message answer = handle(request(type, user, password));

        assertThat(Handled.wire(answer)).isEqualTo(Packets.register(type, user, ""));
    }

    @Test
    @DisplayName("a user name and a password that fill their fields: the one stays whole, the other goes whole")
    void fullFields() {
        Message answer = handle(request(7, "u".repeat(56), "p".repeat(40)));

        assertThat(Handled.wire(answer)).isEqualTo(Packets.register(7, "u".repeat(56), ""));
    }

    @Test
    @DisplayName("the answer goes to the client that asked, also when another has its place now")
    void sameClient() {
        Message request = request(7, "anna", "secret");
        Connections.leave(client);
        Connections.next(client, "next client");

        Message answer = handle(request);

        assertThat(answer.client()).isSameAs(client);
    }

    @Test
    @DisplayName("the request's body stays as it was")
    void requestUntouched() {
        Message request = request(7, "anna", "secret");

        handle(request);

        assertThat(request.body()).isEqualTo(Packets.registerBody(7, "anna", "secret"));
    }

    @Test
    @DisplayName("a register packet has code 5 and a body of 100 bytes")
    void codeAndBody() {
        assertThat(RegisterHandler.CODE).isEqualTo(5);
        assertThat(RegisterHandler.BODY_LENGTH).isEqualTo(100);
    }

    private Message request(int type, String user, String password) {
        return Connections.message(client, 5, Packets.registerBody(type, user, password));
    }

    private static Message handle(Message request) {
        return Handled.by(new RegisterHandler(), request);
    }
}
