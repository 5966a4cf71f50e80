package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.TestLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real clients, the event loop and the workers together. */
class SocketToHandlerTest {
    private static final int PLAIN = 1;
    private static final int GATE = 2;
    private static final int SLOW = 3;

    private final Gate gate = new Gate();
    private ReceivingServer server;
    private TestLoop loop;

    @BeforeEach
    void build() throws IOException {
        server = new ReceivingServer(3)
                .handling(PLAIN, Numbered.BODY_LENGTH, TestPool.ECHO)
                .handling(GATE, Numbered.BODY_LENGTH, gate);
        loop = server.loop();
    }

    @AfterEach
    void close() {
        gate.close();
        server.close();
    }

    @Test
    @DisplayName("gsx_wait_request_handler_proc_plast.1 gsx_wait_request_handler_proc_plast.2 ThreadFunc.2:"
            + " the event loop's thread puts a message into the queue, and has a thread of the pool process it")
    void fromLoopToWorker() throws Exception {
        server.start();
        try (TraceRecorder trace = new TraceRecorder();
                TestClient client = server.connect()) {
            client.send(Numbered.packet(PLAIN, 1));
            assertThat(Numbered.numbers(server.answers(1))).containsExactly(1);
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

    private static String threadOf(TraceRecorder trace, String id) {
        return trace.steps(id).stream().map(Trace.Step::thread).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: one signal for what many clients have sent meanwhile; all is handled")
    void oneSignalForAllClients() throws Exception {
        int clients = 50;
        List<TestClient> all = new ArrayList<>();
        server.start();
        try (TraceRecorder trace = new TraceRecorder();
                Gate held = new Gate()) {
            List<Connection> inside = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(server.connect());
                inside.add(TestLoop.next(loop.opened).connection());
            }
            loop.eventLoop.execute(
                    () -> held.handle(Numbered.message(inside.get(0).client(), GATE, 0), answer -> {}));
            held.awaitEntered(1);
            for (int i = 0; i < clients; i++) {
                all.get(i).send(Numbered.packet(PLAIN, i));
            }
            TestLoop.awaitReadable(inside.toArray(Connection[]::new));
            held.open();
            assertThat(Numbered.numbers(server.answers(clients)))
                    .containsExactlyInAnyOrderElementsOf(Numbered.range(0, clients - 1));
            assertThat(trace.steps("inMsgRecvQueueAndSignal.2")).hasSize(1);
        } finally {
            for (TestClient client : all) {
                client.close();
            }
        }
    }

    @Test
    @DisplayName("a client is not closed before the answers to its last request are out")
    void closedAfterTheAnswers() throws Exception {
        LinkedBlockingQueue<Boolean> hadLeft = new LinkedBlockingQueue<>();
        server.handling(SLOW, Numbered.BODY_LENGTH, (request, answers) -> {
            for (int i = 0; i < 2; i++) {
                await(loop);
                hadLeft.add(request.client().hasLeft());
                answers.send(request);
            }
        });
        server.start();
        try (TestClient client = server.connect()) {
            client.send(Numbered.packet(PLAIN, 1), Numbered.packet(SLOW, 2));
            client.endOutput();
            assertThat(client.receiveEnd()).isZero();
            assertThat(Numbered.numbers(server.answers(3))).containsExactly(1, 2, 2);
            assertThat(hadLeft).containsExactly(false, false);
        }
    }

    private static void await(TestLoop loop) {
        try {
            loop.roundTrip();
            loop.roundTrip();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
