package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.TraceGate;
import dev.gserver.TraceRecorder;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server over loopback: what clients send and what they get. */
@Timeout(30)
class AnswersTest {
    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @Test
    @DisplayName("ping, register and login are answered byte for byte")
    void answersEachCode() throws Exception {
        try (TestServer server = new TestServer();
                TestClient client = server.connect()) {
            client.send(
                    Packets.ping(), Packets.register(-7, "gr\u00fc\u00dfe", "secret"), Packets.login("\u738b", "hush"));
            assertThat(client.receive()).isEqualTo(Packets.ping());
            assertThat(client.receive()).isEqualTo(Packets.register(-7, "gr\u00fc\u00dfe", ""));
            assertThat(client.receive()).isEqualTo(Packets.login("\u738b", ""));
        }
        assertThat(log.records()).extracting(record -> record.getMessage()).noneMatch(text -> text.contains("secret"));
    }

    @Test
    @DisplayName("a client that ends its side at once is answered, again and again")
    void answersManyHalfClosedClients() throws Exception {
        try (TestServer server = new TestServer()) {
            for (int i = 0; i < 300; i++) {
                try (TestClient client = server.connect()) {
                    client.send(Packets.register(i, "user", ""));
                    client.endOutput();
                    assertThat(client.receive()).isEqualTo(Packets.register(i, "user", ""));
                    assertThat(client.receiveEnd()).isZero();
                }
            }
        }
    }

    @Test
    @DisplayName("a client that sends as fast as it can and reads is never closed, however few bytes may wait for it")
    void keepsAClientThatReads() throws Exception {
        int count = 50_000;
        try (TestServer server = new TestServer("send.max-pending-bytes", "2000000");
                TestClient client = server.connect()) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                sendRegisters(client, 0, count);
                return null;
            });
            new Thread(sending).start();
            receiveRegisters(client, count);
            sending.get();
        }
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    @Test
    @DisplayName(
            "a client that resets with a full socket leaves no stack trace; who gets its place gets its own answer")
    void survivesAResetWithAFullSocket() throws Exception {
        try (TestServer server = new TestServer("worker.connections", "2", "send.max-pending-bytes", "100000000")) {
            StatusReader status = server.status();
            TestClient sleeper = new TestClient(server.address(), 4_096);
            fillSocket(sleeper, status, 0);
            sleeper.reset();
            status.await("Clients", 0);
            try (TestClient next = server.connect()) { // in the only place that is not the port's
                next.send(Packets.register(-1, "next", "")).endOutput();
                assertThat(next.receive()).isEqualTo(Packets.register(-1, "next", ""));
                assertThat(next.receiveUnlessEnded()).isNull();
            }
            status.await("BytesPending", 0);
            status.await("ClientsAwaitingWriteEvent", 0);
        }
        assertThat(log.records())
                .filteredOn(record -> record.getLevel().intValue() >= Level.INFO.intValue())
                .isEmpty();
    }

    @Test
    @DisplayName("a client that ends its side with its socket full gets the rest by write events, then the end")
    void sendsTheRestByWriteEvents() throws Exception {
        try (TestServer server = new TestServer("send.max-pending-bytes", "100000000");
                TestClient client = server.connect()) {
            int sent = fillSocket(client, server.status(), 1_000_000);
            client.endOutput();
            Await.until("the end of its input", () -> log.texts(Level.FINE).stream()
                    .anyMatch(line -> line.endsWith("input ended: the client has ended its side")));
            try (TraceRecorder trace = new TraceRecorder()) {
                receiveRegisters(client, sent);
                assertThat(client.receiveEnd()).isZero();
                assertThat(trace.ids("gsx_write_request_handler.3")).isNotEmpty();
            }
        }
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    /** Sends until more than {@code pending} bytes wait for a write event; returns how many requests that took. */
    private static int fillSocket(TestClient client, StatusReader status, int pending) throws Exception {
        int[] sent = {0};
        Await.until("a full socket", () -> {
            sendRegisters(client, sent[0], sent[0] += 1_000);
            return status.number("ClientsAwaitingWriteEvent") > 0 && status.number("BytesPending") > pending;
        });
        return sent[0];
    }

    @Test
    @DisplayName("a client that sends and never reads is not read from; others are served meanwhile")
    void doesNotReadFromWhoNeverReads() throws Exception {
        try (TestServer server = new TestServer("send.max-pending-bytes", "2000000");
                TestClient client = new TestClient(server.address(), 4_096);
                TestClient other = server.connect()) {
            StatusReader status = server.status();
            FutureTask<Void> sending = new FutureTask<>(() -> {
                while (true) {
                    sendRegisters(client, 0, 1_000);
                }
            });
            new Thread(sending).start();
            Await.until("a full account", () -> status.number("BytesPending") > 500_000);
            for (int i = 0; i < 100; i++) {
                assertThat(other.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
                assertThat(status.number("BytesPending")).isLessThan(2_000_000);
            }
            assertThat(sending.isDone()).isFalse();
            assertThat(log.texts(Level.WARNING)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threadRecvProcFunc.2", // a worker, the handler is called next
                "msgSend.1", // a worker, the answer is in the outbox
                "ServerSendQueueThread.1", // the send thread, with the outbox in hand
                "ServerSendQueueThread.4" // the send thread, it writes next
            })
    @DisplayName("a client leaves while a thread is held with its answer: it reaches nobody, the next one gets its own")
    void keepsTheAnswerFromTheNextOne(String step) throws Exception {
        try (TestServer server = new TestServer("worker.connections", "2", "worker.threads", "1"); // one for the port
                TraceGate gate = new TraceGate(step);
                TestClient first = server.connect().send(Packets.register(1, "first", ""))) {
            gate.awaitArrival();
            first.reset();
            server.status().await("IdlePlaces", 1);
            try (TestClient next = server.connect()) {
                server.status().await("IdlePlaces", 0);
                next.send(Packets.register(2, "next", "")).endOutput();
                gate.open();
                assertThat(next.receive()).isEqualTo(Packets.register(2, "next", ""));
                assertThat(next.receiveEnd()).isZero();
            }
        }
    }

    private static void sendRegisters(TestClient client, int from, int to) throws IOException {
        byte[][] packets = new byte[to - from][];
        for (int i = from; i < to; i++) {
            packets[i - from] = Packets.register(i, "user", "secret");
        }
        client.send(packets);
    }

    private static void receiveRegisters(TestClient client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(client.receive()).as("answer %d", i).isEqualTo(Packets.register(i, "user", ""));
        }
    }
}
