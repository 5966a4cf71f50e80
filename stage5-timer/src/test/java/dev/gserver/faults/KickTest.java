package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.config.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole server over loopback, with the kick clock on a short interval. */
@Timeout(30)
class KickTest {
    private LogRecorder log;
    private TraceRecorder trace;
    private GServer server;

    @BeforeEach
    void listen() {
        log = new LogRecorder();
        trace = new TraceRecorder();
    }

    @AfterEach
    void close() {
        server.close();
        trace.close();
        log.close();
    }

    @Test
    @DisplayName("a client that never pings is kicked after 3 intervals, whatever else it goes on sending")
    void kicksClientThatNeverPings() throws Exception {
        long start = System.nanoTime();
        try (TestClient client = new TestClient(start("heartbeat.interval-ms", "50"))) {
            FutureTask<Void> sending = keepSending(client, Packets.register(1, "user", ""));
            client.receiveEnd();
            assertThat((System.nanoTime() - start) / 1_000_000)
                    .as("milliseconds until it was kicked: longer than 3 intervals of 50")
                    .isGreaterThanOrEqualTo(150);
            assertKickedWhileSending(client, sending);
        }
    }

    @Test
    @DisplayName("a client that announces 29,000 bytes and goes on sending one at a time is kicked like a silent one")
    void kicksClientThatTrickles() throws Exception {
        try (TestClient client = new TestClient(start("heartbeat.interval-ms", "50"))) {
            client.send(Packets.packet(29_000, 5, 0));
            FutureTask<Void> sending = keepSending(client, new byte[1]);
            assertThat(client.receiveEnd()).as("bytes that it got").isZero();
            assertKickedWhileSending(client, sending);
        }
    }

    @Test
    @DisplayName("a client that pings is checked again and again, and stays")
    void sparesClientThatPings() throws Exception {
        try (TestClient client = new TestClient(start("heartbeat.interval-ms", "2000"))) {
            trace.await("AddToTimerQueue.1", 1);
            assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
            trace.await("ServerTimerQueueMonitorThread.1-2", 1);
            assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
            assertThat(trace.ids("procPing")).as("kicked").isEmpty();
        }
    }

    @Test
    @DisplayName("AddToTimerQueue.1: with the kick clock off nobody enters the queue")
    void canBeTurnedOff() throws Exception {
        try (TestClient client = new TestClient(start("heartbeat.enabled", "false"))) {
            assertThat(client.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
            assertThat(trace.ids("AddToTimerQueue"))
                    .as("clients that entered the queue")
                    .isEmpty();
        }
    }

    /** By the third check at the latest: each is more than an interval after the one before. */
    private void assertKickedWhileSending(TestClient client, FutureTask<Void> sending) {
        List<String> ids = trace.ids("");
        List<String> idsBefore = ids.subList(0, ids.indexOf("procPingTimeOutChecking.1"));
        assertThat(Collections.frequency(idsBefore, "ServerTimerQueueMonitorThread.1-2"))
                .as("checks until it was kicked")
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

    private InetSocketAddress start(String key, String value) throws Exception {
        server = new GServer(ServerConfig.load(null, Map.of("listen.ports", "0", key, value)));
        server.start();
        return server.addresses().get(0);
    }
}
