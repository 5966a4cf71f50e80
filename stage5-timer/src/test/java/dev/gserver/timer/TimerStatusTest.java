package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the timer. */
@Timeout(30)
class TimerStatusTest {
    private final LogRecorder log = new LogRecorder();
    private GServer server;
    private StatusReader status;

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @Test
    @DisplayName("clients stand in the timer queue while they are connected; one that leaves is no kick")
    void countsEntries() throws Exception {
        InetSocketAddress address = start(true, 60_000);
        assertThat(status.number("MillisToNextCheck")).isEqualTo(-1);
        try (TestClient one = new TestClient(address)) {
            try (TestClient other = new TestClient(address)) {
                assertThat(other.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
                status.await("TimerEntries", 2);
                assertThat(status.number("MillisToNextCheck")).isBetween(1L, 60_000L);
            }
            status.await("TimerEntries", 1);
            assertThat(one.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
        }
        status.await("TimerEntries", 0);
        assertThat(status.number("MillisToNextCheck")).isEqualTo(-1);
        assertThat(status.number("Kicks")).isZero();
    }

    @Test
    @DisplayName("every silent client is one kick")
    void countsKicks() throws Exception {
        InetSocketAddress address = start(true, 1);
        for (int kicks = 1; kicks <= 3; kicks++) {
            try (TestClient silent = new TestClient(address)) {
                assertThat(silent.receiveEnd()).isZero();
                assertThat(status.number("Kicks")).isEqualTo(kicks);
            }
        }
        status.await("TimerEntries", 0);
    }

    private InetSocketAddress start(boolean enabled, int intervalMillis) throws Exception {
        server = new GServer(ServerConfig.load(
                null,
                Map.of(
                        "listen.ports", "0",
                        "heartbeat.enabled", "" + enabled,
                        "heartbeat.interval-ms", "" + intervalMillis)));
        server.start();
        status = new StatusReader(server);
        return server.addresses().get(0);
    }
}
