package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.memory.Memory;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are not read from: time passes when the test says so. */
@Timeout(30)
class WaitingClientsTest {
    private static final int MOST = 1_000_000;
    private static final int SHORT = MOST * 3 / 4 + 1; // with so many bytes held, memory is short
    private static final Duration ROUND = WaitingClients.ROUND;
    private static final Duration SWEEP = WaitingClients.SWEEP;
    private static final int STILL_LOOKS = 10; // one a second

    private final LogRecorder log = new LogRecorder();
    private final Memory memory = new Memory(MOST, MOST / 2);
    private final List<TestClient> testClients = new ArrayList<>();
    private final List<Client> readFrom = new ArrayList<>();
    private TestLoop loop;
    private DelayedLoop delayed;
    private WaitingClients waiting;

    @BeforeEach
    void start() throws IOException {
        loop = new TestLoop(1, 100, memory, DelayedLoop::new);
        delayed = (DelayedLoop) loop.eventLoop;
        waiting = new WaitingClients(loop.eventLoop, memory);
    }

    @AfterEach
    void close() throws IOException {
        for (TestClient client : testClients) {
            client.close();
        }
        loop.close();
        log.close();
    }

    private Client letIn() throws IOException {
        TestClient testClient = loop.connect();
        testClients.add(testClient);
        Client client = loop.accept(testClient);
        client.connection().setWriteHandler(connection -> {});
        return client;
    }

    /** One that is not read from, and holds {@code answers} bytes of answers. */
    private Client letInToWait(int answers) throws IOException {
        Client client = letIn();
        loop.eventLoop.removeEvent(client.connection(), SelectionKey.OP_READ);
        client.holdAnswers(answers);
        waiting.startSweeping();
        return client;
    }

    private Client letInForMemory() throws IOException {
        Client client = letInToWait(0);
        client.connection().setReadHandler(connection -> readFrom.add(connection.client()));
        waiting.add(client);
        return client;
    }

    private void sweep(int times) {
        for (int i = 0; i < times; i++) {
            delayed.pass(SWEEP);
        }
    }

    private List<String> warnings() {
        return log.texts(Level.WARNING);
    }

    @Test
    @DisplayName("memory short: they are read from again after a round, the one that has waited longest first")
    void readsInOrder() throws Exception {
        Client first = letInForMemory();
        Client second = letInForMemory();
        assertThat(readFrom).isEmpty();
        delayed.pass(ROUND);
        assertThat(readFrom).containsExactly(first, second);
        assertThat(loop.eventLoop.isReadFrom(first.connection())).isTrue();
        assertThat(delayed.waiting(ROUND)).as("nobody waits any more").isZero();
    }

    @Test
    @DisplayName("memory short: whoever finds too little of it again waits on, behind those that came before")
    void waitsOn() throws Exception {
        Client first = letInForMemory();
        first.connection().setReadHandler(connection -> {
            readFrom.add(first);
            waiting.add(first);
        });
        Client second = letInForMemory();
        delayed.pass(ROUND);
        assertThat(readFrom).as("each once a round").containsExactly(first, second);
        waiting.add(second);
        delayed.pass(ROUND);
        assertThat(readFrom).containsExactly(first, second, first, second);
    }

    @Test
    @DisplayName("memory short: a round is 100 clients at most, the rest comes in the next: others are served between")
    void limitsARound() throws Exception {
        Client client = letInForMemory();
        for (int i = 1; i < 150; i++) {
            waiting.add(client);
        }
        delayed.pass(ROUND);
        assertThat(readFrom).hasSize(100);
        delayed.pass(ROUND);
        assertThat(readFrom).hasSize(150);
    }

    @Test
    @DisplayName("memory short: all of a round read no more together than all of a wait: 1 MiB")
    void sharesARound() throws Exception {
        List<Integer> shares = new ArrayList<>();
        Client client = letInForMemory();
        client.connection().setReadHandler(connection -> shares.add(loop.eventLoop.shareOfThisWait(65_536)));
        for (int i = 1; i < 64; i++) {
            waiting.add(client);
        }
        delayed.pass(ROUND);
        assertThat(shares).hasSize(64).containsOnly((1 << 20) / 64);
    }

    @Test
    @DisplayName("memory short: one that has left meanwhile, or ended its input, is not read from")
    void leavesOutThoseWhoLeave() throws Exception {
        Client gone = letInForMemory();
        Client ended = letInForMemory();
        loop.eventLoop.clients().close(gone, "test");
        ended.holdAnswers(1);
        loop.eventLoop.clients().endInput(ended, "test");
        delayed.pass(ROUND);
        assertThat(readFrom).isEmpty();
    }

    @Test
    @DisplayName("memory short: a read that fails closes that client alone")
    void closesWhoCannotBeRead() throws Exception {
        Client broken = letInForMemory();
        broken.connection().setReadHandler(connection -> {
            throw new IOException("reset");
        });
        Client other = letInForMemory();
        delayed.pass(ROUND);
        assertThat(loop.closed).containsExactly(broken);
        assertThat(readFrom).containsExactly(other);
    }

    @Test
    @DisplayName("memory short: a client whose packet stays incomplete for 10 s is closed, with a warning that says so")
    void closesWhoseIncompletePacketStays() throws Exception {
        Client client = letIn();
        testClients.get(0).send(Arrays.copyOf(Packets.packet(1, new byte[28_000]), 9));
        TestLoop.awaitReadable(client.connection());
        loop.processEvents();
        memory.add(SHORT);
        waiting.startSweeping();
        Client other = letInToWait(0); // for whom there is a sweep at all
        sweep(STILL_LOOKS);
        assertThat(loop.closed).containsExactly(client).doesNotContain(other);
        assertThat(warnings()).containsExactly(client.peer() + ": closed: its packet stays incomplete for 10000 ms");
        assertThat(memory.held()).as("its body is given back").isEqualTo(SHORT);
    }

    @Test
    @DisplayName(
            "a client that is not read from and takes no answer for 10 s is closed, with a warning; an answer taken, or a"
                    + " packet completed, is progress: the 10 s begin anew")
    void sparesWhoMakesProgress() throws Exception {
        Client client = letInToWait(10);
        client.holdRequests(1);
        sweep(STILL_LOOKS - 1);
        client.releaseAnswers(1);
        sweep(STILL_LOOKS);
        client.releaseRequests(1);
        sweep(STILL_LOOKS);
        client.releaseAnswers(0);
        client.releaseRequests(0);
        assertThat(loop.closed).isEmpty();
        sweep(1);
        assertThat(loop.closed).containsExactly(client);
        assertThat(warnings()).containsExactly(client.peer() + ": closed: it takes no answer for 10000 ms");
    }

    @Test
    @DisplayName("before it is closed one write is tried: a socket may have room, but too little for a write event")
    void triesToWrite() throws Exception {
        Client client = letInToWait(2);
        List<Client> tried = new ArrayList<>();
        client.connection().setWriteHandler(connection -> {
            tried.add(client);
            if (tried.size() == 1) {
                client.releaseAnswers(1);
            }
        });
        sweep(STILL_LOOKS);
        assertThat(tried).hasSize(1);
        assertThat(loop.closed).isEmpty();
        sweep(STILL_LOOKS);
        assertThat(tried).hasSize(2);
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client whose requests take long, with nothing to take and nothing to send, is left alone")
    void sparesWhoCanDoNothing() throws Exception {
        Client client = letInToWait(0);
        client.holdRequests(SHORT);
        sweep(3 * STILL_LOOKS);
        assertThat(loop.closed).isEmpty();
    }

    @Test
    @DisplayName("a client whose requests take long is left alone with half a packet behind them, until they are done")
    void sparesWhoCannotEndItsPacket() throws Exception {
        Client client = letIn();
        client.holdRequests(1);
        testClients.get(0).send(Arrays.copyOf(Packets.packet(1, new byte[100]), 50));
        TestLoop.awaitReadable(client.connection());
        loop.processEvents();
        memory.add(SHORT);
        letInToWait(0); // for whom there is a sweep at all
        sweep(3 * STILL_LOOKS);
        assertThat(loop.closed).isEmpty();
        client.releaseRequests(1);
        sweep(STILL_LOOKS + 1);
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client whose answer has taken long has its 10 s from when it is there")
    void countsFromTheAnswer() throws Exception {
        Client client = letInToWait(0);
        client.holdRequests(SHORT);
        sweep(3 * STILL_LOOKS);
        client.holdAnswers(1);
        sweep(STILL_LOOKS - 1);
        assertThat(loop.closed).isEmpty();
        sweep(1);
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName(
            "memory short: half-closed clients that do not read are closed too, and those that are read from; while"
                    + " there is enough of it they are not")
    void closesAllThatStandStillWhileMemoryIsShort() throws Exception {
        letInToWait(0); // for whom there is a sweep at all
        Client halfClosed = letIn();
        halfClosed.holdAnswers(1);
        loop.eventLoop.clients().endInput(halfClosed, "test");
        Client reading = letIn();
        reading.holdAnswers(1);
        sweep(STILL_LOOKS);
        assertThat(loop.closed).isEmpty();
        memory.add(SHORT);
        sweep(STILL_LOOKS);
        assertThat(loop.closed).containsExactlyInAnyOrder(halfClosed, reading);
        assertThat(warnings()).hasSize(2).allMatch(text -> text.endsWith("it takes no answer for 10000 ms"));
    }

    @Test
    @DisplayName("there is one sweep a second while somebody waits, and none after that")
    void sweepsWhileSomebodyWaits() throws Exception {
        Client client = letInToWait(1);
        waiting.startSweeping();
        sweep(1);
        loop.eventLoop.addEvent(client.connection(), SelectionKey.OP_READ);
        sweep(1);
        assertThat(delayed.waiting(SWEEP)).isZero();
        waiting.startSweeping();
        assertThat(delayed.waiting(SWEEP)).isEqualTo(1);
    }

    @Test
    @DisplayName("a client that was idle for long has its 10 s from when it begins a packet")
    void countsFromTheBeginningOfAPacket() throws Exception {
        letInToWait(0);
        memory.add(SHORT);
        Client client = letIn();
        sweep(3 * STILL_LOOKS);
        testClients.get(1).send(Arrays.copyOf(Packets.packet(1, new byte[100]), 50));
        TestLoop.awaitReadable(client.connection());
        loop.processEvents();
        sweep(STILL_LOOKS - 1);
        assertThat(loop.closed).isEmpty();
        sweep(2);
        assertThat(loop.closed).containsExactly(client);
    }
}
