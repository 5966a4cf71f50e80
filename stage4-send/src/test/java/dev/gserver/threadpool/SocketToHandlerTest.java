package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.Trace;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real clients, the event loop and the workers together. */
class SocketToHandlerTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;
    private static final int REQUESTS = 200; // some batches

    private final Gate gate = new Gate();
    private ReceivingServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ReceivingServer(3)
                .handling(PLAIN, Numbered.BODY_LENGTH, Optional::of)
                .handling(GATE, Numbered.BODY_LENGTH, gate)
                .start();
    }

    @AfterEach
    void close() {
        gate.close();
        server.close();
    }

    @Test
    @DisplayName("gsx_wait_request_handler_proc_plast.1 gsx_wait_request_handler_proc_plast.2:"
            + " the event loop's thread puts a message into the queue, and has a thread of the pool process it")
    void fromLoopToWorker() throws Exception {
        try (TraceRecorder trace = new TraceRecorder();
                TestClient client = server.connect()) {
            client.send(Numbered.packet(PLAIN, 1));
            assertThat(numbers(server.answers(1))).containsExactly(1);

            assertThat(trace.ids(""))
                    .containsSubsequence(
                            "gsx_wait_request_handler_proc_plast.1",
                            "gsx_wait_request_handler_proc_plast.2",
                            "inMsgRecvQueueAndSignal.1",
                            "inMsgRecvQueueAndSignal.2",
                            "ThreadFunc.2");
            assertThat(trace.ids("gsx_wait_request_handler_proc_plast")).hasSize(2);
            assertThat(threadOf(trace, "gsx_wait_request_handler_proc_plast.1")).isEqualTo("event-loop");
            assertThat(threadOf(trace, "inMsgRecvQueueAndSignal.1")).isEqualTo("event-loop");
            assertThat(threadOf(trace, "threadRecvProcFunc.1")).startsWith("worker-");
        }
    }

    @Test
    @DisplayName("what several clients write is handled completely, each client's in its order")
    void handledInOrder() throws Exception {
        try (TestClient one = server.connect();
                TestClient other = server.connect()) {
            for (int number = 1; number <= REQUESTS; number++) {
                one.send(Numbered.packet(PLAIN, number));
                other.send(Numbered.packet(PLAIN, -number));
            }
            List<Integer> handled = numbers(server.answers(2 * REQUESTS));

            assertThat(handled).filteredOn(number -> number > 0).isEqualTo(Numbered.range(1, REQUESTS));
            assertThat(handled)
                    .filteredOn(number -> number < 0)
                    .map(Math::negateExact)
                    .isEqualTo(Numbered.range(1, REQUESTS));
        }
    }

    @Test
    @DisplayName("a client that ends its output is not closed before its last request is handled, and is then")
    void halfClose() throws Exception {
        try (TestClient client = server.connect()) {
            client.send(requests()).endOutput();
            gate.awaitEntered(1);
            Message inHand = gate.requests().get(0);
            server.awaitInputEnded(inHand.connection());
            assertThat(inHand.isStale()).as("closed early").isFalse();

            gate.open();

            assertThat(client.receiveEnd()).isZero();
            assertThat(numbers(server.answersSoFar())).isEqualTo(Numbered.range(0, REQUESTS));
        }
    }

    @Test
    @DisplayName("a client that ends its output with nothing waiting is closed at once")
    void halfCloseWhenIdle() throws Exception {
        try (TestClient client = server.connect()) {
            client.send(Numbered.packet(PLAIN, 1));
            server.answers(1);

            client.endOutput();

            assertThat(client.receiveEnd()).isZero();
        }
    }

    @Test
    @DisplayName("when the server stops, what it has received is handled before the connection closes")
    void drained() throws Exception {
        try (TestClient client = server.connect()) {
            client.send(requests());
            gate.awaitEntered(1);
            Message inHand = gate.requests().get(0);
            awaitTakenIn(Packets.join(requests()).length);

            CompletableFuture<Void> draining =
                    CompletableFuture.runAsync(() -> server.eventLoop().drain(Duration.ofMinutes(1)));
            server.awaitInputEnded(inHand.connection());
            assertThat(inHand.isStale()).as("closed early").isFalse();
            gate.open();
            assertThat(client.receiveEnd()).isZero();
            client.endOutput();
            draining.get();

            assertThat(numbers(server.answersSoFar())).isEqualTo(Numbered.range(0, REQUESTS));
        }
    }

    /** One request that stays at the gate, and many behind it. */
    private static byte[][] requests() {
        byte[][] packets = new byte[1 + REQUESTS][];
        packets[0] = Numbered.packet(GATE, 0);
        for (int number = 1; number <= REQUESTS; number++) {
            packets[number] = Numbered.packet(PLAIN, number);
        }
        return packets;
    }

    private void awaitTakenIn(long bytes) throws InterruptedException {
        while (server.bytesTakenIn() < bytes) {
            server.awaitEventLoop();
        }
    }

    private static List<Integer> numbers(List<Message> messages) {
        return Numbered.numbers(messages);
    }

    private static String threadOf(TraceRecorder trace, String id) {
        return trace.steps(id).stream().map(Trace.Step::thread).findFirst().orElseThrow();
    }
}
