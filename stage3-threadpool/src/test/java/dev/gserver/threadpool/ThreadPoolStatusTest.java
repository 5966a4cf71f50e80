package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceGate;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the receive queue and the workers. */
@Timeout(30)
class ThreadPoolStatusTest {
    private final LogRecorder log = new LogRecorder();
    private GServer server;
    private StatusReader status;

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @Test
    @DisplayName("messages wait while all workers are busy, and are counted when they are done")
    void countsMessages() throws Exception {
        InetSocketAddress address = start(1);
        assertMessages(0, 0, 0);
        try (TestClient client = new TestClient(address);
                TestClient other = new TestClient(address);
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

    @Test
    @DisplayName("messages that make several batches are all counted")
    void countsAllMessages() throws Exception {
        InetSocketAddress address = start(2);
        try (TestClient client = new TestClient(address)) {
            for (int i = 0; i < 1_000; i++) {
                client.send(Packets.ping());
            }
            client.endOutput();
            client.receiveEnd();
        }
        assertMessages(0, 1_000, 0);
    }

    @Test
    @DisplayName("what a client leaves behind waits no more, though no worker has come to it yet")
    void forgetsThoseWhoLeave() throws Exception {
        InetSocketAddress address = start(1);
        try (TestClient client = new TestClient(address);
                TestClient leaver = new TestClient(address);
                TraceGate gate = new TraceGate("ThreadFunc.2")) {
            client.send(Packets.ping());
            gate.awaitArrival(); // the worker
            leaver.send(Packets.ping(), Packets.ping());
            status.await("MessagesWaiting", 2);
            leaver.reset();
            status.await("Clients", 1);
            assertMessages(0, 0, 1);
            gate.open();
            assertMessages(0, 1, 0);
        }
    }

    @Test
    @DisplayName("the number of workers is that of the configuration")
    void tellsWorkers() throws Exception {
        start(3);
        assertThat(status.number("Workers")).isEqualTo(3);
    }

    private InetSocketAddress start(int workers) throws Exception {
        server = new GServer(ServerConfig.load(null, Map.of("listen.ports", "0", "worker.threads", "" + workers)));
        server.start();
        status = new StatusReader(server);
        return server.addresses().get(0);
    }
}
