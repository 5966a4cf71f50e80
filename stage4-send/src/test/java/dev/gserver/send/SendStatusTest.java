package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.GServer;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceGate;
import dev.gserver.config.ServerConfig;
import dev.gserver.status.StatusReader;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the send queue. */
@Timeout(30)
class SendStatusTest {
    private static final int MEMORY = 200_000_000;
    private static final byte[] REQUEST = Packets.register(1, "user", "");

    private GServer server;
    private StatusReader status;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @DisplayName("clients whose turn has not come stand in the send list, with the bytes that wait")
    void countsTheSendList() throws Exception {
        InetSocketAddress address = start();
        assertWaiting(0, 0, 0);
        try (TestClient one = new TestClient(address);
                TestClient two = new TestClient(address);
                TestClient three = new TestClient(address);
                TraceGate gate = new TraceGate("ServerSendQueueThread.1")) {
            one.send(Packets.ping());
            gate.awaitArrival(); // the send thread, with the first client in hand
            two.send(Packets.ping(), Packets.register(1, "user", ""));
            three.send(Packets.ping());
            assertWaiting(2, 3 * 64 + 164, 0);
            status.await("MemoryBytes", 3 * 64 + 164);
            gate.open();
            assertThat(three.receive()).isEqualTo(Packets.ping());
            assertWaiting(0, 0, 0);
        }
    }

    @Test
    @DisplayName("what all clients make the server hold: a body that is incomplete as well; and how much it may be")
    void tellsWhatIsHeld() throws Exception {
        InetSocketAddress address = start();
        assertThat(status.number("MemoryMaxBytes")).isEqualTo(MEMORY);
        assertThat(status.number("MemoryBytes")).isZero();
        try (TestClient client = new TestClient(address)) {
            client.send(Arrays.copyOf(REQUEST, 9));
            status.await("MemoryBytes", 65); // what came of it
            client.send(Arrays.copyOfRange(REQUEST, 9, REQUEST.length));
            assertThat(client.receive()).isEqualTo(REQUEST);
            status.await("MemoryBytes", 0);
        }
    }

    private void assertWaiting(int clientsToSendTo, int bytesPending, int awaitingWriteEvent) throws Exception {
        status.await("ClientsToSendTo", clientsToSendTo);
        status.await("BytesPending", bytesPending);
        status.await("ClientsAwaitingWriteEvent", awaitingWriteEvent);
    }

    private InetSocketAddress start() throws Exception {
        server = new GServer(ServerConfig.load(
                null,
                Map.of("listen.ports", "0", "send.max-pending-bytes", "100000000", "memory.max-bytes", "" + MEMORY)));
        server.start();
        status = new StatusReader(server);
        return server.addresses().get(0);
    }
}
