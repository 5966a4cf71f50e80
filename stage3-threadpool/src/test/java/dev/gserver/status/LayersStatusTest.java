package dev.gserver.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.TraceGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the event loop with its pool, and of the receive queue with its workers: here one. */
@Timeout(30)
class LayersStatusTest {
    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @AutoClose
    private final TestServer server = new TestServer("worker.connections", "10", "worker.threads", "1");

    private final StatusReader status = server.status();

    LayersStatusTest() throws Exception {}

    @Test
    @DisplayName("clients come and go: their number, those ever let in, and the free places")
    void countsClients() throws Exception {
        assertClients(0, 0, 9);
        assertThat(status.number("PoolSize")).isEqualTo(10);
        TestClient one = server.connect();
        TestClient other = server.connect();
        assertClients(2, 2, 7);
        other.close();
        assertClients(1, 2, 8);
        TestClient another = server.connect();
        assertClients(2, 3, 7);
        another.reset();
        assertClients(1, 3, 8);
        one.close();
        assertClients(0, 3, 9);
        assertThat(status.number("PoolSize")).isEqualTo(10);
    }

    private void assertClients(int clients, int everAccepted, int idlePlaces) throws Exception {
        status.await("ClientsAccepted", everAccepted);
        status.await("Clients", clients);
        assertThat(status.number("ClientsAccepted")).isEqualTo(everAccepted);
        assertThat(status.number("IdlePlaces")).isEqualTo(idlePlaces);
    }

    @Test
    @DisplayName("a client that a full pool turns away was not let in")
    void doesNotCountThoseTurnedAway() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            clients.add(server.connect());
        }
        assertClients(9, 9, 0);
        try (TestClient oneMore = server.connect()) {
            assertThat(oneMore.receiveEnd()).isZero();
        }
        assertClients(9, 9, 0);
        for (TestClient client : clients) {
            client.close();
        }
        assertClients(0, 9, 9);
    }

    @Test
    @DisplayName("a stop that waits for a client does not make those who look wait")
    void canBeReadWhileAStopWaits() throws Exception {
        try (TraceGate gate = new TraceGate("gsx_wait_request_handler.2");
                TestClient client = server.connect()) {
            client.send(Packets.ping());
            gate.awaitArrival(); // the event loop's thread
            Thread stop = new Thread(server::close);
            stop.start();
            Await.until("a stop that waits", () -> stop.getState() == Thread.State.TIMED_WAITING);
            FutureTask<Long> look = new FutureTask<>(() -> {
                status.get("Addresses");
                return status.number("Clients");
            });
            new Thread(look).start(); // a thread of its own, as one that waits for a monitor cannot be interrupted
            assertThat(look.get(8, TimeUnit.SECONDS)).isEqualTo(1);
            client.closeAtEnd();
            gate.open();
            stop.join();
        }
    }

    @Test
    @DisplayName("messages wait while all workers are busy, and are counted when they are done")
    void countsMessages() throws Exception {
        assertThat(status.number("Workers")).isEqualTo(1);
        assertMessages(0, 0, 0);
        try (TestClient client = server.connect();
                TestClient other = server.connect();
                TraceGate gate = new TraceGate("ThreadFunc.2")) {
            client.send(Packets.ping());
            gate.awaitArrival(); // the worker
            assertMessages(0, 0, 1);
            client.send(Packets.ping(), Packets.register(1, "user", ""), Packets.packet(99));
            other.send(Packets.ping(), Packets.ping());
            assertMessages(5, 0, 1);
            gate.open();
            assertMessages(0, 6, 0);
        }
    }

    private void assertMessages(int waiting, int everHandled, int workersBusy) throws Exception {
        status.await("MessagesHandled", everHandled);
        status.await("MessagesWaiting", waiting);
        status.await("WorkersBusy", workersBusy);
    }
}
