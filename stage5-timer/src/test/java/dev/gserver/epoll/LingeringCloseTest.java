package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LingeringCloseTest {
    private TestLoop loop;
    private DelayedLoop delayed;
    private TestClient testClient;
    private Client client;

    @BeforeEach
    void letAClientIn() throws IOException {
        loop = new TestLoop(1, 100, new Memory(1_000_000, 1_000_000), DelayedLoop::new);
        delayed = (DelayedLoop) loop.eventLoop;
        testClient = loop.connect();
        client = loop.accept(testClient);
    }

    @AfterEach
    void closeAll() throws IOException {
        testClient.close();
        loop.close();
    }

    private void endInput() {
        loop.eventLoop.clients().endInput(client, "test");
        loop.eventLoop.runTasks();
    }

    @Test
    @DisplayName("what was written arrives to its last byte, though bytes of the client are unread and more come")
    void losesNothing() throws Exception {
        int written = fillTheSocket();
        testClient.send(Packets.ping());
        TestLoop.awaitReadable(client.connection());
        endInput();
        testClient.send(Packets.ping());
        loop.eventLoop.processEvents(1); // the client has not read yet: if it were closed now, the rest would be lost
        loop.eventLoop.start();
        assertThat(testClient.receiveEnd()).as("bytes that arrived").isEqualTo(written);
    }

    /** Writes until both sides' buffers are full: the last acknowledgement may be 40 ms late. */
    private int fillTheSocket() throws IOException {
        SocketChannel channel = (SocketChannel) client.connection().channel();
        ByteBuffer answers = ByteBuffer.allocate(64 * 1024);
        int written = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(200) > 0) {
                selector.selectedKeys().clear();
                written += channel.write(answers.clear());
            }
        }
        return written;
    }

    @Test
    @DisplayName("what the client still sends is thrown away, and when it ends its side the connection is closed")
    void closesWhenTheClientEnds() throws Exception {
        endInput();
        assertThat(testClient.receiveUnlessEnded()).isNull();
        testClient.send(Packets.ping());
        TestLoop.awaitReadable(client.connection());
        loop.processEvents();
        assertThat(client.hasLeft()).isFalse();
        testClient.endOutput();
        loop.processUntil(client::hasLeft);
        assertThat(loop.received).isEmpty();
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client that has ended its side already is closed at once")
    void closesAtOnce() throws Exception {
        testClient.endOutput();
        TestLoop.awaitReadable(client.connection());
        loop.processEvents();
        loop.eventLoop.runTasks();
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client that has reset the connection is closed at once")
    void closesResetConnection() throws Exception {
        testClient.reset();
        TestLoop.awaitReadable(client.connection());
        endInput();
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client that neither ends its side nor sends anything is closed after 2 s")
    void closesSilentClient() {
        begin();
        assertThat(client.hasLeft()).isFalse();
        delayed.pass(LingeringClose.SILENCE);
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName(
            "a client that goes on sending is left its time: what was sent to it would be lost; after 30 s it is closed")
    void closesWhenTimeIsUp() throws Exception {
        begin();
        for (long looks = LingeringClose.MOST.dividedBy(LingeringClose.SILENCE); looks > 0; looks--) {
            assertThat(client.hasLeft()).isFalse();
            testClient.send(Packets.ping());
            TestLoop.awaitReadable(client.connection());
            loop.processEvents();
            delayed.pass(LingeringClose.SILENCE);
        }
        assertThat(loop.closed).containsExactly(client);
    }

    @Test
    @DisplayName("a client that has left meanwhile is not closed again, whoever has its place now")
    void leavesTheNextOwnerAlone() throws Exception {
        begin();
        loop.eventLoop.clients().close(client, "test");
        try (TestClient next = loop.connect()) {
            Client nextClient = loop.accept(next);
            assertThat(nextClient.connection()).isSameAs(client.connection());
            delayed.pass(LingeringClose.SILENCE);
            assertThat(nextClient.hasLeft()).isFalse();
        }
        assertThat(loop.closed).containsExactly(client);
    }

    private void begin() {
        new LingeringClose(loop.eventLoop, ByteBuffer.allocateDirect(1024)).begin(client);
    }

    @Test
    @DisplayName("it begins once, and goes on reading, whatever the loop is told in the meantime")
    void beginsOnce() {
        client.holdAnswers(6_000_000);
        loop.eventLoop.clients().pauseReading(client);
        client.releaseAnswers(6_000_000); // it may be read from again: the loop is to look
        endInput(); // and all is dealt with: it is to look once more
        EventHandler handler = client.connection().readHandler();
        loop.eventLoop.clients().lookAgainSoon(client);
        loop.eventLoop.clients().endInput(client, "another reason");
        loop.eventLoop.runTasks();
        assertThat(client.connection().readHandler())
                .isInstanceOf(LingeringClose.class)
                .isSameAs(handler);
        assertThat(loop.eventLoop.isReadFrom(client.connection())).isTrue();
    }
}
