package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.FakeLoop;
import dev.gserver.memory.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads its answers too slowly, so that it is not read from: when the event loop is told. */
@Timeout(30)
class SlowReaderTest {
    private static final byte[] BODY = new byte[28_992 - 64 - 8];
    private static final int PACKET = BODY.length + 64; // on the account

    private final TestSend send = new TestSend(new FakeLoop(new Memory(100_000_000, 4 * PACKET)));
    private final Client client = send.open(3, 0);

    @AfterEach
    void close() {
        send.close();
    }

    private void fillAndStopReading() {
        for (int i = 0; i < 3; i++) {
            send.send(client, i, BODY);
        }
        send.turn();
        send.loop.runTasks();
        send.loop.await(client);
    }

    @Test
    @DisplayName("a slow reader may be read from again when write events have sent all but a quarter of what may wait")
    void isReadFromAgainAsItTakesItsAnswers() {
        fillAndStopReading();
        send.channel(client).setRoom(2 * (BODY.length + 8) - 1);
        send.loop.writable(client);
        assertThat(send.loop.due).isEmpty();
        send.channel(client).setRoom(1);
        send.loop.writable(client);
        assertThat(send.loop.due).containsExactly(client);
    }

    @Test
    @DisplayName("the same with the send thread, as long as the socket is not full")
    void isReadFromAgainBySendThread() {
        send.channel(client).setRoom(1_000_000);
        for (int i = 0; i < 3; i++) {
            send.send(client, i, BODY);
        }
        send.loop.await(client);
        assertThat(send.loop.due).isEmpty();
        send.turn();
        assertThat(send.loop.due).containsExactly(client);
    }

    @Test
    @DisplayName("one that has ended its side meanwhile is due when its last answer is in the socket, not before")
    void isClosedWithItsLastAnswer() {
        fillAndStopReading();
        send.loop.endInput(client);
        send.channel(client).setRoom(3 * (BODY.length + 8) - 1);
        send.settle();
        assertThat(send.loop.due).isEmpty();
        send.channel(client).setRoom(1);
        send.settle();
        assertThat(send.loop.due).containsExactly(client);
        assertThat(send.loop.memory.held()).isZero();
    }

    @Test
    @DisplayName("the loop is not told of a client that is gone by then, nor of the next one in its place")
    void leavesTheNextOneAlone() {
        fillAndStopReading();
        Client next = send.replace(client, 1_000);
        send.send(next, 0);
        send.settle();
        assertThat(send.loop.due).doesNotContain(next);
        assertThat(send.channel(next).written()).hasSize(8);
        assertThat(send.loop.memory.held()).isZero();
    }
}
