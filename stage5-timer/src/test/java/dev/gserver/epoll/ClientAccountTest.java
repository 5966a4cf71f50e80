package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.common.ClientWarnings;
import dev.gserver.memory.Memory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client makes the server hold, and when the event loop is told of it: each time it is given a task. */
class ClientAccountTest {
    private static final Memory MEMORY = new Memory(100_000_000, 10_000_000);
    private static final int MOST = Client.MOST_REQUEST_BYTES;

    private final List<Boolean> told = Collections.synchronizedList(new ArrayList<>()); // in the monitor, or outside
    private final Client client =
            Connections.client(7, "10.0.0.7:5000", new Clients(null, null, null, MEMORY, new ClientWarnings(() -> 0)) {
                @Override
                void lookAgainSoon(Client due) {
                    told.add(Thread.holdsLock(due));
                }
            });

    private void assertTold(int times) {
        assertThat(told).as("calls of lookAgainSoon").hasSize(times);
        assertThat(told).as("calls with the client's monitor held").doesNotContain(true);
    }

    @Test
    @DisplayName("it holds too much above 256 KiB, and not at that")
    void holdsTooMuch() {
        client.holdRequests(MOST);
        assertThat(client.holdsTooMuch()).isFalse();
        client.holdRequests(1);
        assertThat(client.holdsTooMuch()).isTrue();
        client.releaseRequests(1);
        assertThat(client.holdsTooMuch()).isFalse();
    }

    @Test
    @DisplayName("the loop is not told of what it does not wait for")
    void tellsNobodyWithoutNeed() {
        client.holdRequests(MOST + 1);
        client.releaseRequests(MOST + 1);
        assertTold(0);
    }

    @Test
    @DisplayName("a loop that has stopped reading is told at half of the limit, not before, once")
    void tellsAtHalf() {
        client.holdRequests(MOST + 1);
        client.await();
        client.releaseRequests(MOST / 2);
        assertTold(0);
        client.releaseRequests(1);
        assertTold(1);
        client.releaseRequests(1);
        client.releaseRequests(MOST / 2 - 1);
        assertTold(1);
    }

    @Test
    @DisplayName("a loop that begins to wait when it need not is told at once; each time anew")
    void tellsAtOnce() {
        client.holdRequests(MOST / 2);
        client.await();
        assertTold(1);
        client.await();
        assertTold(2);
    }

    @Test
    @DisplayName("when input has ended the loop is told at zero, not before, once")
    void tellsAtZero() {
        client.holdRequests(2);
        client.endInput();
        assertThat(client.inputHasEnded()).isTrue();
        client.releaseRequests(1);
        assertTold(0);
        client.releaseRequests(1);
        assertTold(1);
        client.releaseRequests(0);
        assertTold(1);
    }

    @Test
    @DisplayName("when input ends while it is not read from, zero counts, and half of the limit no more")
    void tellsAtZeroAfterAPause() {
        client.holdRequests(MOST + 1);
        client.await();
        client.endInput();
        client.releaseRequests(MOST);
        assertTold(0);
        client.releaseRequests(1);
        assertTold(1);
    }

    @Test
    @DisplayName("raised and lowered by many threads, the last of whom tells the loop, once")
    void countsForManyThreads() throws Exception {
        client.holdRequests(1);
        client.endInput();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int times = 0; times < 10_000; times++) {
                    client.holdRequests(3);
                    client.releaseRequests(3);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertTold(0);
        client.releaseRequests(1);
        assertTold(1);
    }
}
