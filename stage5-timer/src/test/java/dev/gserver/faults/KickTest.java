package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.TraceRecorder;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server over loopback, with the kick clock on a short interval. */
@Timeout(30)
class KickTest {
    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @AutoClose
    private final TraceRecorder trace = new TraceRecorder();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a client that never pings is kicked after 3 intervals, whatever else it goes on sending")
    void kicksClientThatNeverPings(boolean trickles) throws Exception {
        long start = System.nanoTime();
        try (TestServer server = new TestServer("heartbeat.interval-ms", "50");
                TestClient client = server.connect()) {
            if (trickles) {
                client.send(Packets.packet(29_000, 5, 0)); // the body comes byte by byte
            }
            FutureTask<Void> sending = keepSending(client, trickles ? new byte[1] : Packets.register(1, "user", ""));
            client.receiveEnd();
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("milliseconds until it was kicked: longer than 3 intervals of 50")
                    .isGreaterThanOrEqualTo(150);
            List<String> ids = trace.ids("");
            List<String> idsBefore = ids.subList(0, ids.indexOf("procPingTimeOutChecking.1"));
            assertThat(Collections.frequency(idsBefore, "ServerTimerQueueMonitorThread.1-2"))
                    .as("checks until it was kicked: each is more than an interval after the one before")
                    .isBetween(1, 3);
            assertThat(log.texts(Level.WARNING))
                    .as("warnings")
                    .singleElement()
                    .asString()
                    .startsWith("127.0.0.1:" + client.port() + ": closed: no ping for ");
            assertThatThrownBy(sending::get)
                    .as("the client's sending ends with its connection")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("AddToTimerQueue.1: with the kick clock off nobody enters the queue")
    void canBeTurnedOff() throws Exception {
        try (TestServer server = new TestServer("heartbeat.enabled", "false");
                TestClient client = server.connect()) {
            assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
            assertThat(trace.ids("AddToTimerQueue"))
                    .as("clients that entered the queue")
                    .isEmpty();
        }
    }

    /** Has a thread send {@code bytes} about every millisecond until the connection is gone; then the task has failed. */
    private static FutureTask<Void> keepSending(TestClient client, byte[] bytes) {
        FutureTask<Void> sending = new FutureTask<>(() -> {
            while (true) {
                client.send(bytes);
                LockSupport.parkNanos(1_000_000);
            }
        });
        Thread thread = new Thread(sending);
        thread.setDaemon(true);
        thread.start();
        return sending;
    }
}
