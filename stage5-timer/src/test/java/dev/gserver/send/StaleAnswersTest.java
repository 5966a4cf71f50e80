package dev.gserver.send;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole server, with room for one client: it leaves while a thread is held with its answer, and another comes. */
@Timeout(30)
class StaleAnswersTest {
    private final LogRecorder log = new LogRecorder();
    private GServer server;

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @ParameterizedTest(
            name = "held at {0}: the answer to a client that has left reaches nobody, the next one gets its own")
    @ValueSource(
            strings = {
                "threadRecvProcFunc.2", // a worker, the handler is called next
                "msgSend.1", // a worker, the answer is in the outbox
                "ServerSendQueueThread.1", // the send thread, with the outbox in hand
                "ServerSendQueueThread.4" // the send thread, it writes next
            })
    void answerReachesNobody(String step) throws Exception {
        InetSocketAddress address = start();
        StatusReader status = new StatusReader(server);
        assertThat(status.number("IdlePlaces")).isEqualTo(1);
        try (TraceGate gate = new TraceGate(step);
                TestClient first = new TestClient(address).send(Packets.register(1, "first", ""))) {
            gate.awaitArrival();
            first.reset();
            status.await("IdlePlaces", 1);
            try (TestClient next = new TestClient(address)) {
                status.await("IdlePlaces", 0); // it is in the only place that there is
                next.send(Packets.register(2, "next", ""), Packets.ping());
                gate.open();
                assertThat(next.receive()).isEqualTo(Packets.register(2, "next", ""));
                assertThat(next.receive()).isEqualTo(Packets.ping());
                next.endOutput();
                assertThat(next.receiveEnd()).isZero();
            }
        }
    }

    private InetSocketAddress start() throws Exception {
        Map<String, String> settings = Map.of(
                "listen.ports", "0",
                "worker.connections", "2", // the listening socket takes the other one
                "worker.threads", "1"); // so what was held is done before what comes after
        server = new GServer(ServerConfig.load(null, settings));
        server.start();
        return server.addresses().get(0);
    }
}
