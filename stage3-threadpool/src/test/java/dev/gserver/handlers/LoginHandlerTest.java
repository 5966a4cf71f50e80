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

class LoginHandlerTest {
    private final Client client = Connections.client(0, "client");

    @ParameterizedTest
    @CsvSource({"anna, secret", "Käthe 李小龙, pässwörd", "'', ''"})
    @DisplayName("the answer has the same code and user name, a blank password and the right CRC")
    void answer(String user, String password) {
        Message answer = handle(request(user, password));

        assertThat(Handled.wire(answer)).isEqualTo(Packets.login(user, ""));
    }

    @Test
    @DisplayName("a user name and a password that fill their fields: the one stays whole, the other goes whole")
    void fullFields() {
        Message answer = handle(request("u".repeat(56), "p".repeat(40)));

        assertThat(Handled.wire(answer)).isEqualTo(Packets.login("u".repeat(56), ""));
    }

    @Test
    @DisplayName("the answer goes to the client that asked, also when another has its place now")
    void sameClient() {
        Message request = request("anna", "secret");
        Connections.leave(client);
        Connections.next(client, "next client");

        Message answer = handle(request);

        assertThat(answer.client()).isSameAs(client);
    }

    @Test
    @DisplayName("the request's body stays as it was")
    void requestUntouched() {
        Message request = request("anna", "secret");

        handle(request);

        assertThat(request.body()).isEqualTo(Packets.loginBody("anna", "secret"));
    }

    @Test
    @DisplayName("a login packet has code 6 and a body of 96 bytes")
    void codeAndBody() {
        assertThat(LoginHandler.CODE).isEqualTo(6);
        assertThat(LoginHandler.BODY_LENGTH).isEqualTo(96);
    }

    private Message request(String user, String password) {
        return Connections.message(client, 6, Packets.loginBody(user, password));
    }

    private static Message handle(Message request) {
        return Handled.by(new LoginHandler(), request);
    }
}
