package dev.gserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PingHandlerTest {
    private final Message ping = Connections.message(Connections.client(0, "client"), 0);

    @Test
    @DisplayName("a ping is answered with the same packet, to the same client")
    void samePacket() {
        Message answer = Handled.by(new PingHandler(), ping);

        assertThat(Handled.wire(answer)).isEqualTo(Packets.ping());
        assertThat(answer.client()).isSameAs(ping.client());
    }

    @Test
    @DisplayName("a ping has code 0 and no body")
    void codeAndBody() {
        assertThat(PingHandler.CODE).isZero();
        assertThat(PingHandler.BODY_LENGTH).isZero();
    }
}
