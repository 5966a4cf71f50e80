package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginHandlerTest {
    private final Connection connection = Connections.open(0, "client");

    @ParameterizedTest
    @CsvSource({"anna, secret", "Käthe 李小龙, pässwörd", "'', ''"})
    @DisplayName("the answer has the same code and user name, a blank password and the right CRC")
    void answer(String user, String password) {
        Message answer = handle(request(user, password));

        assertThat(Wire.bytes(answer)).isEqualTo(Packets.login(user, ""));
    }

    @Test
    @DisplayName("a user name and a password that fill their fields: the one stays whole, the other goes whole")
    void fullFields() {
        Message answer = handle(request("u".repeat(56), "p".repeat(40)));

        assertThat(Wire.bytes(answer)).isEqualTo(Packets.login("u".repeat(56), ""));
    }

    @Test
    @DisplayName("the answer goes to the client that asked")
    void sameClient() {
        Message request = request("anna", "secret");
        Connections.free(connection);
        Connections.reopen(connection, "next client");

        Message answer = handle(request);

        assertThat(answer.connection()).isSameAs(connection);
        assertThat(answer.sequence()).isEqualTo(request.sequence());
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
        return Connections.message(connection, 6, Packets.loginBody(user, password));
    }

    private static Message handle(Message request) {
        return new LoginHandler().handle(request).orElseThrow();
    }
}
