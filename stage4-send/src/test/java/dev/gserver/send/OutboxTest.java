package dev.gserver.send;

import static dev.gserver.send.TestSend.packet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.FakeLoop;
import dev.gserver.epoll.Message;
import dev.gserver.send.Outbox.State;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {
    private static final int PLENTY = 1_000_000;

    @AutoClose
    private final FakeLoop loop = new FakeLoop();

    private final SlowChannel channel = new SlowChannel(PLENTY);
    private final Client client = loop.client(3, "peer", channel);
    private final Outbox outbox = new Outbox(client, channel, PLENTY);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SendThread.BUFFER_BYTES);

    @Test
    @DisplayName("all that waits goes out with one write, in order, as packets on the wire")
    void sendsAllWithOneWrite() throws Exception {
        outbox.add(packet(client, 5, new byte[] {1, 2, 3}));
        outbox.add(packet(client, 65_535));
        outbox.add(packet(client, 6, new byte[] {4}));
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(channel.written())
                .isEqualTo(Packets.join(
                        Packets.packet(5, new byte[] {1, 2, 3}), Packets.packet(65_535), Packets.packet(6, new byte[] {4
                        })));
        assertThat(channel.writes()).isEqualTo(1);
    }

    @Test
    @DisplayName("a socket that takes 3 bytes at a time gets every byte once, those of a packet added meanwhile too")
    void goesOnWhereItStopped() throws Exception {
        outbox.add(packet(client, 5, new byte[] {1, 2, 3}));
        outbox.add(packet(client, 7));
        byte[] all = Packets.join(
                Packets.packet(5, new byte[] {1, 2, 3}),
                Packets.packet(7, new byte[0]),
                Packets.packet(6, new byte[] {4, 5, 6, 7}));
        State state = State.FULL;
        for (int sent = 3; state != State.ALL_SENT; sent += 3) {
            channel.setRoom(3);
            state = outbox.send(buffer);
            assertThat(channel.written()).hasSize(Math.min(sent, all.length));
            assertThat(state == State.ALL_SENT).isEqualTo(sent >= all.length);
            if (sent == 9) { // in the middle of the first
                outbox.add(packet(client, 6, new byte[] {4, 5, 6, 7}));
            }
        }
        assertThat(channel.written()).isEqualTo(all);
    }

    @Test
    @DisplayName("what waits is on the client's account, packet by packet, until its last byte is in the socket")
    void keepsAccount() throws Exception {
        outbox.add(packet(client, 5, new byte[4]));
        outbox.add(packet(client, 7));
        assertThat(outbox.pendingBytes()).isEqualTo(68 + 64);
        channel.setRoom(11);
        outbox.send(buffer);
        assertPending(68 + 64);
        channel.setRoom(1);
        outbox.send(buffer);
        assertPending(64);
        channel.setRoom(8);
        outbox.send(buffer);
        assertPending(0);
    }

    private void assertPending(int bytes) {
        assertThat(outbox.pendingBytes()).isEqualTo(bytes);
        assertThat(loop.memory.held()).isEqualTo(bytes);
    }

    @Test
    @DisplayName(
            "answers come off the account after the write: a client that has ended its side gets them before it is due")
    void releasesAfterTheWrite() throws Exception {
        List<Integer> sentWhenDue = new ArrayList<>();
        loop.whenDue = due -> {
            sentWhenDue.add(channel.written().length);
            channel.failWith(new ClosedChannelException());
        };
        outbox.add(packet(client, 0));
        loop.endInput(client);
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(sentWhenDue).containsExactly(8);
    }

    @Test
    @DisplayName(
            "the limit counts packets that wait, to the byte: one more, and all are dropped and the client is closed")
    void refusesMoreThanTheLimit() throws Exception {
        Outbox small = new Outbox(client, channel, 2 * 64 + 4);
        Message packet = packet(client, 5, new byte[4]);
        Message empty = packet(client, 7);
        assertThat(small.add(packet)).isTrue();
        small.add(empty);
        channel.setRoom(12);
        small.send(buffer);
        small.add(packet);
        assertThat(loop.warned).as("at the limit").isEmpty();
        assertThat(small.add(empty)).isFalse();
        assertThat(loop.warned).containsExactly("peer: more than 132 bytes of answers would wait for it");
        assertThat(loop.memory.held()).as("bytes held after all is dropped").isZero();
        assertThat(small.add(empty)).isFalse();
        assertThat(loop.warned).as("once").hasSize(1);
        assertThat(loop.memory.held()).as("bytes held after one more").isZero();
    }

    @Test
    @DisplayName("once discarded, it holds and takes nothing, and what a write in progress reports is ignored")
    void discards() throws Exception {
        outbox.add(packet(client, 5, new byte[4]));
        channel.onWrite(outbox::discard);
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(outbox.add(packet(client, 0))).isFalse();
        assertPending(0);
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(channel.writes()).isEqualTo(1);
    }

    @Test
    @DisplayName("a packet added while the socket is written to goes with the next turn: the outbox stays in the list")
    void noticesAPacketAddedDuringTheWrite() throws Exception {
        outbox.add(packet(client, 0));
        List<Boolean> enters = new ArrayList<>();
        channel.onWrite(() -> {
            assertThat(Thread.holdsLock(outbox))
                    .as("whoever adds has to wait for the write")
                    .isFalse();
            enters.add(outbox.add(packet(client, 6)));
        });
        assertThat(outbox.send(buffer)).isEqualTo(State.MORE);
        assertThat(enters).containsExactly(false);
        assertThat(outbox.add(packet(client, 7))).as("in the list still").isFalse();
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(channel.written()).hasSize(3 * 8);
    }

    @Test
    @DisplayName("what was sent is removed and the list let go of in one step, before the account is lowered")
    void letsGoBeforeItReleases() throws Exception {
        outbox.add(packet(client, 0));
        loop.endInput(client);
        List<Boolean> enters = new ArrayList<>();
        loop.whenDue = due -> enters.add(outbox.add(packet(client, 6))); // an answer that nobody has asked for
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(enters).as("nobody would look at it").containsExactly(true);
    }

    @Test
    @DisplayName("with nothing left to send it does not write: the event loop may have ended that side meanwhile")
    void doesNotWriteNothing() throws Exception {
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(channel.writes()).isZero();
        assertThat(outbox.add(packet(client, 0))).as("has left the list").isTrue();
    }

    @Test
    @DisplayName("full: it is left to the write event until all is sent, and may enter the list meanwhile")
    void isLeftToTheWriteEvent() throws Exception {
        outbox.add(packet(client, 0));
        assertThat(outbox.leaveToWriteEvent()).isFalse();
        channel.setRoom(1);
        assertThat(outbox.send(buffer)).isEqualTo(State.FULL);
        assertThat(outbox.isWaitingForWriteEvent()).isTrue();
        assertThat(outbox.add(packet(client, 0)))
                .as("left the list when it was full")
                .isTrue();
        assertThat(outbox.leaveToWriteEvent()).isTrue();
        assertThat(outbox.add(packet(client, 0))).as("left the list again").isTrue();
        channel.setRoom(1);
        outbox.send(buffer);
        assertThat(outbox.leaveToWriteEvent()).as("still not all sent").isTrue();
        outbox.add(packet(client, 0));
        channel.setRoom(PLENTY);
        assertThat(outbox.send(buffer)).isEqualTo(State.ALL_SENT);
        assertThat(outbox.leaveToWriteEvent()).as("all sent").isFalse();
        assertThat(outbox.add(packet(client, 0)))
                .as("in the list still: the send thread has not looked yet")
                .isFalse();
    }
}
