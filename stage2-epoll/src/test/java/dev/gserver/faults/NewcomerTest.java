package dev.gserver.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.TestLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients that push as fast as they can, and one more; the loop is driven by hand, so that its waits count. */
class NewcomerTest {
    private static final int MOST_BYTES_A_WAIT = 1 << 20;
    private static final int PUSHED_BYTES = 40_000; // by each client, in two packets
    private static final int NEWCOMERS_CODE = 9;

    @ParameterizedTest
    @ValueSource(ints = {50, 200})
    @DisplayName(
            "a newcomer beside clients that push: let in by one wait, read by the next, which read 1 MiB each at most")
    void letsTheNewcomerIn(int pushers) throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (TestLoop loop = new TestLoop(1, pushers + 2);
                TraceRecorder trace = new TraceRecorder()) {
            List<Connection> watched = new ArrayList<>(loop.ports());
            for (int i = 0; i < pushers; i++) {
                clients.add(loop.connect());
                watched.add(loop.accept(clients.get(i)).connection());
            }
            byte[] packet = Packets.packet(1, new byte[PUSHED_BYTES / 2 - 8]);
            for (TestClient client : clients) {
                client.send(packet, packet);
            }
            clients.add(loop.connect());
            clients.get(pushers).send(Packets.packet(NEWCOMERS_CODE));
            TestLoop.awaitReadable(watched.toArray(Connection[]::new));

            loop.processEvents();
            assertThat(bytesRead(trace)).isBetween(1L, (long) MOST_BYTES_A_WAIT);
            loop.processEvents();
            assertThat(loop.received).extracting(Message::code).contains(NEWCOMERS_CODE);
            assertThat(bytesRead(trace)).isLessThanOrEqualTo(2 * MOST_BYTES_A_WAIT + 8);

            loop.processUntil(() -> bytesRead(trace) == (long) pushers * PUSHED_BYTES + 8);
            assertThat(loop.received).hasSize(2 * pushers + 1);
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private static long bytesRead(TraceRecorder trace) {
        return trace.steps("gsx_wait_request_handler.1").stream()
                .mapToLong(step -> Long.parseLong(step.what().replaceAll(".* ", "")))
                .sum();
    }
}
