package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TestServer;
import dev.gserver.TraceGate;
import dev.gserver.status.StatusReader;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the status says of the send queue. */
@Timeout(30)
class SendStatusTest {
    private static final int MEMORY = 200_000_000;
    private static final byte[] REQUEST = Packets.register(1, "user", "");

    @AutoClose
    private final TestServer server = new TestServer("memory.max-bytes", "" + MEMORY);

    private final StatusReader status = server.status();

    SendStatusTest() throws Exception {}

    @Test
    @DisplayName("clients whose turn has not come stand in the send list, with the bytes that wait")
    void countsTheSendList() throws Exception {
        assertWaiting(0, 0, 0);
        try (TestClient one = server.connect();
                TestClient two = server.connect();
                TestClient three = server.connect();
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
        assertThat(status.number("MemoryMaxBytes")).isEqualTo(MEMORY);
        assertThat(status.number("MemoryBytes")).isZero();
        try (TestClient client = server.connect()) {
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
}
