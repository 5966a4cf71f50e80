package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.status.StatusReader;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the timer. */
@Timeout(30)
class TimerStatusTest {
    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @Test
    @DisplayName("clients stand in the timer queue while they are connected; one that leaves is no kick")
    void countsEntries() throws Exception {
        try (TestServer server = new TestServer("heartbeat.interval-ms", "60000")) {
            StatusReader status = server.status();
            assertThat(status.number("MillisToNextCheck")).isEqualTo(-1);
            try (TestClient one = server.connect()) {
                try (TestClient other = server.connect()) {
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
    }

    @Test
    @DisplayName("every silent client is one kick")
    void countsKicks() throws Exception {
        try (TestServer server = new TestServer("heartbeat.interval-ms", "1")) {
            for (int kicks = 1; kicks <= 3; kicks++) {
                try (TestClient silent = server.connect()) {
                    assertThat(silent.receiveEnd()).isZero();
                    assertThat(server.status().number("Kicks")).isEqualTo(kicks);
                }
            }
            server.status().await("TimerEntries", 0);
        }
    }
}
