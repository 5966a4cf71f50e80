package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a layer that has enough of a client for now keeps its bytes in the kernel. */
class PauseReadingTest {
    private TestLoop loop;
    private EventLoop eventLoop;
    private TestClient client;
    private Connection connection;

    @BeforeEach
    void letAClientIn() throws IOException {
        loop = new TestLoop();
        eventLoop = loop.eventLoop;
        client = loop.connect();
        connection = loop.accept(client);
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        loop.close();
    }

    @Test
    @DisplayName("while reading is paused a client's bytes wait, those of others do not")
    void leavesBytesWaiting() throws Exception {
        eventLoop.pauseReading(connection);
        client.send(Packets.packet(1));
        TestLoop.awaitReadable(connection);
        try (TestClient otherClient = loop.connect()) {
            Connection other = loop.accept(otherClient);
            otherClient.send(Packets.packet(2));
            TestLoop.awaitReadable(other);
            loop.processEvents();
        }
        assertThat(loop.received).extracting(Message::code).containsExactly(2);
    }

    @Test
    @DisplayName("when reading is resumed what waited is read")
    void readsWhatWaited() throws Exception {
        eventLoop.pauseReading(connection);
        client.send(Packets.packet(1));
        TestLoop.awaitReadable(connection);
        eventLoop.resumeReading(connection, connection.sequence());
        eventLoop.runTasks();
        loop.processEvents();
        loop.processUntil(() -> !loop.received.isEmpty());
        assertThat(loop.received).extracting(Message::code).containsExactly(1);
    }

    @Test
    @DisplayName("another thread may resume reading, and wakes the loop for it")
    void resumesFromAnyThread() throws Exception {
        eventLoop.pauseReading(connection);
        client.send(Packets.packet(1));
        eventLoop.start();
        eventLoop.resumeReading(connection, connection.sequence());
        assertThat(TestLoop.next(loop.received).code()).isEqualTo(1);
    }

    @Test
    @DisplayName("paused by two layers, it is read from when both have taken their pause back, in any order")
    void countsPauses() {
        eventLoop.resumeReading(connection, connection.sequence()); // of a pause that is on its way
        eventLoop.runTasks();
        eventLoop.pauseReading(connection);
        assertThat(connection.key().interestOps()).isEqualTo(SelectionKey.OP_READ);

        eventLoop.pauseReading(connection);
        eventLoop.pauseReading(connection);
        eventLoop.resumeReading(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(connection.key().interestOps()).isZero();
        eventLoop.resumeReading(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(connection.key().interestOps()).isEqualTo(SelectionKey.OP_READ);
    }

    @Test
    @DisplayName("resuming for a client that has left does not touch the next one")
    void ignoresStaleClients() {
        eventLoop.pauseReading(connection);
        eventLoop.resumeReading(connection, connection.sequence() - 1);
        eventLoop.runTasks();
        assertThat(connection.key().interestOps()).isZero();
    }

    @Test
    @DisplayName("input that has ended stays ended")
    void doesNotReopenInput() {
        loop.busy.add(connection);
        eventLoop.endInput(connection, "test");
        eventLoop.resumeReading(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(connection.key().interestOps() & SelectionKey.OP_READ).isZero();
    }
}
