package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.Descriptors;
import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceGate;
import dev.gserver.TraceRecorder;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server over loopback: what clients send and what they get. */
@Timeout(30)
class AnswersTest {
    private final LogRecorder log = new LogRecorder();
    private GServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        log.close();
    }

    @Test
    @DisplayName("ping, register and login are answered byte for byte")
    void answersEachCode() throws Exception {
        try (TestClient client = new TestClient(start())) {
            client.send(
                    Packets.ping(), Packets.register(-7, "gr\u00fc\u00dfe", "secret"), Packets.login("\u738b", "hush"));
            assertThat(client.receive()).isEqualTo(Packets.ping());
            assertThat(client.receive()).isEqualTo(Packets.register(-7, "gr\u00fc\u00dfe", ""));
            assertThat(client.receive()).isEqualTo(Packets.login("\u738b", ""));
        }
        assertThat(log.records()).extracting(record -> record.getMessage()).noneMatch(text -> text.contains("secret"));
    }

    @Test
    @DisplayName("1,000 packets in one write: 1,000 answers in order")
    void answersInOrder() throws Exception {
        try (TestClient client = new TestClient(start())) {
            sendRegisters(client, 1_000);
            receiveRegisters(client, 1_000);
        }
    }

    @Test
    @DisplayName("a client that ends its side at once is answered, again and again")
    void answersManyHalfClosedClients() throws Exception {
        InetSocketAddress address = start();
        for (int i = 0; i < 300; i++) {
            try (TestClient client = new TestClient(address)) {
                client.send(Packets.register(i, "user", ""));
                client.endOutput();
                assertThat(client.receive()).isEqualTo(Packets.register(i, "user", ""));
                assertThat(client.receiveEnd()).isZero();
            }
        }
    }

    @Test
    @DisplayName("a client that sends as fast as it can and reads is never closed, however few bytes may wait for it")
    void keepsAClientThatReads() throws Exception {
        int count = 50_000;
        InetSocketAddress address = start("send.max-pending-bytes", "2000000");
        try (TestClient client = new TestClient(address)) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                sendRegisters(client, count);
                return null;
            });
            new Thread(sending).start();
            receiveRegisters(client, count);
            sending.get();
        }
        assertThat(log.texts(Level.WARNING)).isEmpty();
    }

    @Test
    @DisplayName("clients that reset in the middle of things leave neither a stack trace nor a descriptor")
    @DisabledOnOs(OS.WINDOWS)
    void survivesResets() throws Exception {
        InetSocketAddress address = start();
        StatusReader status = new StatusReader(server);
        resetInTheMiddle(address, 1);
        status.await("ClientsAccepted", 1);
        status.await("Clients", 0);
        long descriptors = Descriptors.open();
        for (int i = 0; i < 50; i++) {
            resetInTheMiddle(address, i);
        }
        status.await("ClientsAccepted", 51);
        status.await("Clients", 0);
        Descriptors.awaitAtMost(descriptors);
        assertQuietToTheEnd();
    }

    private static void resetInTheMiddle(InetSocketAddress address, int packets) throws IOException {
        TestClient client = new TestClient(address);
        sendRegisters(client, packets);
        client.send(Arrays.copyOf(Packets.register(0, "half", ""), 50));
        client.reset();
    }

    @Test
    @DisplayName(
            "a client that resets with a full socket leaves no stack trace; who gets its place gets its own answer")
    void survivesAResetWithAFullSocket() throws Exception {
        InetSocketAddress address = start("worker.connections", "2", "send.max-pending-bytes", "100000000");
        StatusReader status = new StatusReader(server);
        TestClient sleeper = new TestClient(address, 4_096);
        fillSocket(sleeper, status, 0);
        sleeper.reset();
        status.await("Clients", 0);
        try (TestClient next = new TestClient(address)) { // in the only place that is not the port's
            next.send(Packets.register(-1, "next", "")).endOutput();
            assertThat(next.receive()).isEqualTo(Packets.register(-1, "next", ""));
            assertThat(next.receiveUnlessEnded()).isNull();
        }
        status.await("BytesPending", 0);
        status.await("ClientsAwaitingWriteEvent", 0);
        assertQuietToTheEnd();
    }

    @Test
    @DisplayName("a client that ends its side with its socket full gets the rest by write events, then the end")
    void sendsTheRestByWriteEvents() throws Exception {
        InetSocketAddress address = start("send.max-pending-bytes", "100000000");
        StatusReader status = new StatusReader(server);
        try (TestClient client = new TestClient(address)) {
            int sent = fillSocket(client, status, 1_000_000);
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
        InetSocketAddress address = start("send.max-pending-bytes", "2000000");
        StatusReader status = new StatusReader(server);
        try (TestClient client = new TestClient(address, 4_096);
                TestClient other = new TestClient(address)) {
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
        InetSocketAddress address = start("worker.connections", "2", "worker.threads", "1"); // one place is the port's
        StatusReader status = new StatusReader(server);
        try (TraceGate gate = new TraceGate(step);
                TestClient first = new TestClient(address).send(Packets.register(1, "first", ""))) {
            gate.awaitArrival();
            first.reset();
            status.await("IdlePlaces", 1);
            try (TestClient next = new TestClient(address)) {
                status.await("IdlePlaces", 0);
                next.send(Packets.register(2, "next", "")).endOutput();
                gate.open();
                assertThat(next.receive()).isEqualTo(Packets.register(2, "next", ""));
                assertThat(next.receiveEnd()).isZero();
            }
        }
    }

    private void assertQuietToTheEnd() {
        server.close(); // until then its threads may have something to say
        assertThat(log.records())
                .filteredOn(record -> record.getLevel().intValue() >= Level.INFO.intValue())
                .isEmpty();
    }

    private InetSocketAddress start(String... settings) throws Exception {
        Map<String, String> map = new HashMap<>(Map.of("listen.ports", "0", "worker.threads", "2"));
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        server = new GServer(ServerConfig.load(null, map));
        server.start();
        return server.addresses().get(0);
    }

    private static void sendRegisters(TestClient client, int count) throws IOException {
        sendRegisters(client, 0, count);
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
