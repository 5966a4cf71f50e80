package dev.gserver.send;

import static dev.gserver.epoll.Connections.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int PLENTY = 1_000_000;

    private final Connection connection = Connections.open(3, "peer");
    private final SlowChannel channel = new SlowChannel(PLENTY);
    private final Outbox outbox = new Outbox(connection, channel, PLENTY);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SendThread.BUFFER_BYTES);

    @Test
    @DisplayName("all that waits goes out with one write, in order, as packets on the wire")
    void sendsAllWithOneWrite() throws Exception {
        outbox.add(message(connection, 5, new byte[] {1, 2, 3}));
        outbox.add(message(connection, 65_535));
        outbox.add(message(connection, 6, new byte[] {4}));
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.written())
                .isEqualTo(Packets.join(
                        Packets.packet(5, new byte[] {1, 2, 3}), Packets.packet(65_535), Packets.packet(6, new byte[] {4
                        })));
        assertThat(channel.writes()).isEqualTo(1);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("a socket that takes 3 bytes at a time gets every byte once")
    void goesOnWhereItStopped() throws Exception {
        outbox.add(message(connection, 5, new byte[] {1, 2, 3}));
        outbox.add(message(connection, 0));
        outbox.add(message(connection, 6, new byte[] {4, 5, 6, 7}));
        byte[] all = Packets.join(
                Packets.packet(5, new byte[] {1, 2, 3}), Packets.ping(), Packets.packet(6, new byte[] {4, 5, 6, 7}));
        Outbox.State state = Outbox.State.FULL;
        for (int sent = 3; state != Outbox.State.ALL_SENT; sent += 3) {
            channel.setRoom(3);
            state = outbox.send(buffer);
            assertThat(channel.written()).hasSize(Math.min(sent, all.length));
            assertThat(state == Outbox.State.ALL_SENT).isEqualTo(sent >= all.length);
        }
        assertThat(channel.written()).isEqualTo(all);
    }

    @Test
    @DisplayName("more than fits the buffer: whole packets that fit go out, the rest is for the next turn")
    void leavesWhatDoesNotFit() throws Exception {
        byte[] body = new byte[28_992];
        for (int i = 0; i < 3; i++) {
            outbox.add(message(connection, i, body));
        }
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.MORE);
        assertThat(channel.written()).hasSize(2 * 29_000);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.written())
                .isEqualTo(Packets.join(Packets.packet(0, body), Packets.packet(1, body), Packets.packet(2, body)));
    }

    @Test
    @DisplayName("a packet that fills the buffer to the last byte still goes with it")
    void fillsBufferToTheLastByte() throws Exception {
        ByteBuffer small = ByteBuffer.allocateDirect(24);
        outbox.add(message(connection, 1, new byte[8]));
        outbox.add(message(connection, 2));
        assertThat(outbox.send(small)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.writes()).isEqualTo(1);
    }

    @Test
    @DisplayName("a packet cut in the middle keeps its place in front of those added later")
    void keepsOrderAfterPartOfAPacket() throws Exception {
        outbox.add(message(connection, 5, new byte[] {1, 2, 3}));
        channel.setRoom(9);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.FULL);
        outbox.add(message(connection, 6));
        channel.setRoom(PLENTY);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.written())
                .isEqualTo(Packets.join(Packets.packet(5, new byte[] {1, 2, 3}), Packets.packet(6)));
    }

    @Test
    @DisplayName("the limit counts whole packets that wait, to the byte; bytes that have left make room")
    void refusesMoreThanTheLimit() throws Exception {
        Outbox small = new Outbox(connection, channel, 20);
        Message twelve = message(connection, 5, new byte[4]);
        Message eight = message(connection, 0);
        assertThat(small.add(twelve)).isTrue();
        assertThat(small.add(eight)).isTrue();
        assertThat(small.add(eight)).isFalse();
        channel.setRoom(7);
        small.send(buffer);
        assertThat(small.add(eight)).as("only 7 bytes of room").isFalse();
        channel.setRoom(1);
        small.send(buffer);
        assertThat(small.add(eight)).isTrue();
    }

    @Test
    @DisplayName("with more than half the limit waiting its client is not read from, with a quarter left it is again")
    void pausesAndResumes() throws Exception {
        Outbox small = new Outbox(connection, channel, 32);
        small.add(message(connection, 0));
        small.add(message(connection, 0));
        assertThat(small.pauses()).as("with half of it").isFalse();
        assertThat(small.resumes()).as("not paused").isFalse();
        small.add(message(connection, 0));
        assertThat(small.pauses()).isTrue();
        assertThat(small.pauses()).as("paused already").isFalse();
        assertThat(small.isPaused()).isTrue();

        channel.setRoom(15);
        small.send(buffer);
        assertThat(small.resumes()).as("with 9 bytes left").isFalse();
        channel.setRoom(1);
        small.send(buffer);
        assertThat(small.resumes()).as("with 8 bytes left").isTrue();
        assertThat(small.resumes()).as("resumed already").isFalse();
        assertThat(small.isPaused()).isFalse();
        assertThat(small.sentBytes()).isEqualTo(16);
    }

    @Test
    @DisplayName("once discarded, it holds and takes nothing, and what a write in progress reports is ignored")
    void discards() throws Exception {
        outbox.add(message(connection, 5, new byte[4]));
        channel.setRoom(5);
        outbox.send(buffer);
        assertThat(outbox.discard()).isTrue();
        assertThat(outbox.discard()).isFalse();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.add(message(connection, 0))).isFalse();
        channel.setRoom(PLENTY);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.written()).hasSize(5);
    }

    @Test
    @DisplayName("it enters the send list once, until the send thread has sent everything")
    void entersSendListOnce() throws Exception {
        assertThat(outbox.enterSendList()).isTrue();
        assertThat(outbox.enterSendList()).isFalse();
        outbox.add(message(connection, 0));
        outbox.send(buffer);
        assertThat(outbox.enterSendList()).isTrue();
    }

    @Test
    @DisplayName("with nothing left to send it does not write: the event loop may have ended that side meanwhile")
    void doesNotWriteNothing() throws Exception {
        outbox.enterSendList();
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(channel.writes()).isZero();
        assertThat(outbox.enterSendList()).as("has left the list").isTrue();
    }

    @Test
    @DisplayName("while there is more for the send thread, it stays in the send list")
    void staysInSendListWhileThereIsMore() throws Exception {
        outbox.enterSendList();
        for (int i = 0; i < 3; i++) {
            outbox.add(message(connection, 0, new byte[28_992]));
        }
        outbox.send(buffer);
        assertThat(outbox.enterSendList()).isFalse();
        assertThat(outbox.leaveToWriteEvent()).isFalse();
    }

    @Test
    @DisplayName("full: it is left to the write event until all is sent, and may enter the list meanwhile")
    void isLeftToTheWriteEvent() throws Exception {
        assertThat(outbox.leaveToWriteEvent()).isFalse();
        outbox.enterSendList();
        outbox.add(message(connection, 0));
        channel.setRoom(1);
        outbox.send(buffer);
        assertThat(outbox.enterSendList()).as("left the list when it was full").isTrue();
        assertThat(outbox.leaveToWriteEvent()).isTrue();
        assertThat(outbox.enterSendList()).as("left the list again").isTrue();
        channel.setRoom(1);
        outbox.send(buffer);
        assertThat(outbox.leaveToWriteEvent()).as("still not all sent").isTrue();
        outbox.enterSendList();
        channel.setRoom(PLENTY);
        outbox.send(buffer);
        assertThat(outbox.leaveToWriteEvent()).as("all sent").isFalse();
        assertThat(outbox.enterSendList())
                .as("still in the list: the send thread has not looked yet")
                .isFalse();
    }

    @Test
    @DisplayName("the event loop keeps the outbox while there is more than one buffer of it")
    void staysWithTheWriteEventWhileThereIsMore() throws Exception {
        outbox.enterSendList();
        for (int i = 0; i < 4; i++) {
            outbox.add(message(connection, i, new byte[28_992]));
        }
        channel.setRoom(10);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.FULL);
        channel.setRoom(PLENTY);
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.MORE);
        assertThat(outbox.leaveToWriteEvent()).isTrue();
        assertThat(outbox.send(buffer)).isEqualTo(Outbox.State.ALL_SENT);
        assertThat(outbox.leaveToWriteEvent()).isFalse();
    }

    @Test
    @DisplayName("it is stale when its client has left, and stays so when another takes the place")
    void goesStale() {
        assertThat(outbox.isStale()).isFalse();
        Connections.free(connection);
        assertThat(outbox.isStale()).isTrue();
        Connections.reopen(connection, "next");
        assertThat(outbox.isStale()).isTrue();
        assertThat(outbox.connection()).isSameAs(connection);
        assertThat(new Outbox(connection, channel, 1).sequence()).isEqualTo(connection.sequence());
    }
}
