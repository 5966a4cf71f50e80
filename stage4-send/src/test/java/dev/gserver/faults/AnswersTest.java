package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Descriptors;
import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.common.Trace;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
    @DisplayName("bad packets are dropped and the connection goes on")
    void dropsBadPackets() throws Exception {
        try (TestClient client = new TestClient(start())) {
            client.send(
                    Packets.packet(8, 0, 1),
                    Packets.packet(99),
                    Packets.packet(5, new byte[99]),
                    Packets.register(1, "user", "x"));
            assertThat(client.receive()).isEqualTo(Packets.register(1, "user", ""));
        }
        assertThat(log.texts(Level.WARNING)).hasSize(3);
    }

    @Test
    @DisplayName("a bad length closes the connection; what came before it is answered, other clients are untouched")
    void closesOnBadLength() throws Exception {
        InetSocketAddress address = start();
        try (TestClient other = new TestClient(address);
                TestClient client = new TestClient(address)) {
            client.send(Packets.register(1, "user", ""), Packets.packet(7, 0, 0));
            assertThat(client.receive()).isEqualTo(Packets.register(1, "user", ""));
            assertThat(client.receiveEnd()).isZero();
            assertThat(other.send(Packets.ping()).receive()).isEqualTo(Packets.ping());
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
    @DisplayName("a stop under load: all that was received is answered, in order, and nothing else")
    void answersUnderLoadBeforeItStops() throws Exception {
        AtomicInteger received = new AtomicInteger();
        CountDownLatch underLoad = new CountDownLatch(20_000);
        InetSocketAddress address = start("stop.grace-ms", "20000");
        Trace.listen(step -> {
            if (step.id().equals("gsx_wait_request_handler.2")) {
                received.incrementAndGet();
                underLoad.countDown();
            }
        });
        List<FutureTask<Integer>> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                FutureTask<Integer> client = new FutureTask<>(() -> countAnswers(address));
                clients.add(client);
                new Thread(client).start();
            }
            underLoad.await();
            long start = System.nanoTime();
            server.close();
            assertThat(millisSince(start)).as("the grace time is not needed").isLessThan(20_000);
            int answered = 0;
            for (FutureTask<Integer> client : clients) {
                answered += client.get();
            }
            assertThat(answered).isEqualTo(received.get());
        } finally {
            Trace.listen(null);
        }
    }

    /** Sends numbered registers until the server closes; returns how many answers came, which have to be in order. */
    private static int countAnswers(InetSocketAddress address) throws Exception {
        try (TestClient client = new TestClient(address)) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                for (int i = 0; ; i++) {
                    client.send(Packets.register(i, "user", ""));
                }
            });
            new Thread(sending).start();
            int count = 0;
            for (byte[] answer; (answer = client.receiveUnlessEnded()) != null; count++) {
                assertThat(answer).isEqualTo(Packets.register(count, "user", ""));
            }
            return count;
        }
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
        while (status.number("ClientsAwaitingWriteEvent") == 0) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            sendRegisters(sleeper, 1_000);
        }
        sleeper.reset();
        status.await("Clients", 0);
        try (TestClient next = new TestClient(address)) { // in the only place that is not the port's
            next.send(Packets.register(-1, "next", "")).endOutput();
            assertThat(next.receive()).isEqualTo(Packets.register(-1, "next", ""));
            assertThat(next.receiveUnlessEnded()).isNull();
        }
        status.await("BytesPending", 0);
        assertQuietToTheEnd();
    }

    private void assertQuietToTheEnd() {
        server.close(); // until then its threads may have something to say
        assertThat(log.records())
                .filteredOn(record -> record.getLevel().intValue() >= Level.INFO.intValue())
                .isEmpty();
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
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
