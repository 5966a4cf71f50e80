package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.TraceRecorder;
import dev.gserver.common.ClientWarnings;
import dev.gserver.memory.Memory;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much is read while memory is short. For more random runs: {@code -Dgserver.stress=100}. */
@Timeout(30)
class ReadingWithinMemoryTest {
    private static final int LONGEST = 28_992; // a body
    private static final int MOST = 1_000_000;
    private static final int TIGHT = MOST - 200; // held: for who holds little there is room for 100 bytes

    static IntStream seeds() {
        return IntStream.range(0, 10 * Integer.getInteger("gserver.stress", 1));
    }

    /** A client that sends what it likes, and what was delivered of it and is not handled yet. */
    private static final class Sender {
        private final FakeChannel channel = new FakeChannel();
        private final Client client;
        private final int kind;
        private int sent;
        private int handled;
        private final Queue<Message> messages = new ArrayDeque<>();

        Sender(FakeLoop loop, int index, int kind) {
            client = loop.client(index, "client-" + index, channel);
            this.kind = kind;
        }

        /** Sends packets of its kind: empty ones, which cost most, short, or long ones, or any. */
        void send(Random random) {
            byte[][] packets = new byte[1 + random.nextInt(kind == 0 ? 8_000 : 5)][];
            for (int i = 0; i < packets.length; i++) {
                int length = kind == 0 ? 0 : kind == 1 ? 100 : kind == 2 ? LONGEST : random.nextInt(LONGEST + 1);
                packets[i] = Packets.packet(sent++ & 0xffff, new byte[length]);
            }
            channel.give(Packets.join(packets));
        }

        /** Handles some of what was delivered, which has to be in order. */
        void handle(int most) {
            for (int i = Math.min(most, messages.size()); i > 0; i--) {
                Message message = messages.remove();
                assertThat(message.code()).isEqualTo(handled++ & 0xffff);
                client.releaseRequests(message.heapBytes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("what was read always has room, whatever it is: all that is held is never more than memory.max-bytes;"
            + " a body that is begun is read on; in the end all is read")
    void neverHoldsMoreThanTheLimit(int seed) throws Exception {
        Random random = new Random(seed);
        Memory memory = new Memory(60_000 << random.nextInt(5), MOST);
        try (FakeLoop loop = new FakeLoop(memory)) {
            List<Sender> senders = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(index -> new Sender(loop, index, random.nextInt(4)))
                    .toList();
            RequestReader reader = reader(loop, senders);
            for (int i = 0; i < 1_000; i++) {
                Sender sender = senders.get(random.nextInt(senders.size()));
                if (random.nextInt(20) == 0) {
                    sender.send(random);
                }
                read(loop, reader, sender);
                assertThat(memory.held()).isLessThanOrEqualTo(memory.most());
                if (random.nextInt(5) == 0) {
                    senders.get(random.nextInt(senders.size())).handle(random.nextInt(2_000));
                }
            }
            for (int i = 0; i < 10_000 && !allHandled(senders); i++) {
                for (Sender sender : senders) {
                    read(loop, reader, sender);
                    sender.handle(Integer.MAX_VALUE);
                }
            }
            assertThat(allHandled(senders)).isTrue();
            assertThat(memory.held()).isZero();
        }
    }

    private static boolean allHandled(List<Sender> senders) {
        return senders.stream().allMatch(sender -> sender.handled == sender.sent);
    }

    private static void read(FakeLoop loop, RequestReader reader, Sender sender) throws Exception {
        PacketAssembler assembler = sender.client.connection().assembler();
        boolean begun = assembler.heldBytes() > 0 && assembler.nextBytes() == 0;
        int waiting = loop.waiting.size();
        reader.handle(sender.client.connection());
        assertThat(begun && loop.waiting.size() > waiting)
                .as("waits for memory that its body has already")
                .isFalse();
    }

    @Test
    @DisplayName("an announced body takes what came of it with the header, its own length from the next read on")
    void takesNoMoreThanCame() throws Exception {
        ByteBuffer in = ByteBuffer.wrap(Packets.packet(5, new byte[20_000]));
        PacketAssembler assembler = new PacketAssembler();
        int[][] reads = {{8, 0}, {78, 20_000}, {79, 20_000}}; // up to that byte; then held of the body
        for (int[] read : reads) {
            assertThat(assembler.next(null, in.limit(read[0]))).isNull();
            assertThat(assembler.heldBytes()).isEqualTo(Message.heapBytes(read[1]));
            assertThat(assembler.nextBytes()).isEqualTo(20_000 - read[1]);
        }
        assertThat(assembler.missing()).isEqualTo(20_008 - 79);
        assertThat(assembler.next(null, in.limit(20_008)).body()).hasSize(20_000);
        assertThat(assembler.heldBytes()).isZero();
        assembler.next(null, in.limit(78).position(0));
        assertThat(assembler.heldBytes()).as("70 bytes of the body came").isEqualTo(Message.heapBytes(70));
        assertThat(assembler.nextBytes()).isEqualTo(20_000 - 70);
    }

    @Test
    @DisplayName("memory short: exactly the next header is read, then exactly its body if that has room")
    void readsExactly() throws Exception {
        try (FakeLoop loop = new FakeLoop(new Memory(MOST, MOST));
                TraceRecorder trace = new TraceRecorder()) {
            loop.memory.add(TIGHT);
            Sender sender = new Sender(loop, 0, 0);
            RequestReader reader = reader(loop, List.of(sender));
            sender.channel.give(
                    Packets.join(Packets.packet(0), Packets.packet(1, new byte[30]), Packets.packet(2, new byte[5])));
            for (int i = 0; i < 5; i++) {
                reader.handle(sender.client.connection());
                sender.handle(1);
            }
            assertThat(bytesReceived(trace)).containsExactly("8", "8", "30", "8", "5");
            assertThat(loop.waiting).isEmpty();
        }
    }

    @Test
    @DisplayName("memory short: a body without room waits, with its header alone read; it is read when there is room")
    void waitsForRoomForABody() throws Exception {
        try (FakeLoop loop = new FakeLoop(new Memory(MOST, MOST));
                TraceRecorder trace = new TraceRecorder()) {
            loop.memory.add(TIGHT);
            Sender sender = new Sender(loop, 0, 0);
            RequestReader reader = reader(loop, List.of(sender));
            sender.channel.give(Packets.packet(0, new byte[(200 - 64) / 2 + 1]));
            reader.handle(sender.client.connection());
            reader.handle(sender.client.connection());
            assertThat(loop.waiting).containsExactly(sender.client);
            loop.memory.add(-2);
            reader.handle(sender.client.connection());
            assertThat(sender.messages).hasSize(1);
            assertThat(bytesReceived(trace)).containsExactly("8", "69");
        }
    }

    @Test
    @DisplayName(
            "memory short: a client that holds much waits; one whose last answer is still on its account is read from")
    void readsFromWhoHoldsLittle() throws Exception {
        try (FakeLoop loop = new FakeLoop(new Memory(MOST, MOST))) {
            loop.memory.add(TIGHT - 2_200);
            Sender greedy = new Sender(loop, 0, 1);
            greedy.client.holdAnswers(2_000);
            Sender modest = new Sender(loop, 1, 1);
            modest.client.holdAnswers(Message.heapBytes(100));
            List<Sender> senders = List.of(greedy, modest);
            RequestReader reader = reader(loop, senders);
            for (Sender sender : senders) {
                sender.channel.give(Packets.ping());
                reader.handle(sender.client.connection());
            }
            assertThat(loop.waiting).containsExactly(greedy.client);
            assertThat(modest.messages).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "a body of which more than a little has come has its memory: it is read to its end, whatever others take")
    void finishesWhatHasItsMemory() throws Exception {
        byte[] packet = Packets.packet(0, new byte[LONGEST]);
        try (FakeLoop loop = new FakeLoop(new Memory(MOST, MOST))) {
            Sender sender = new Sender(loop, 0, 2);
            RequestReader reader = reader(loop, List.of(sender));
            sender.channel.give(Arrays.copyOf(packet, 5_000));
            reader.handle(sender.client.connection());
            loop.memory.add(MOST - loop.memory.held());
            sender.channel.give(Arrays.copyOfRange(packet, 5_000, packet.length));
            reader.handle(sender.client.connection());
            assertThat(sender.messages).hasSize(1);
        }
    }

    /** Delivers to {@code senders}, which are those of place 0, 1 and so on. */
    private static RequestReader reader(FakeLoop loop, List<Sender> senders) {
        TestLoop.Sink sink = (client, messages) ->
                senders.get(client.connection().index()).messages.addAll(messages);
        return new RequestReader(loop.eventLoop, sink, new ClientWarnings(() -> 0));
    }

    private static List<String> bytesReceived(TraceRecorder trace) {
        return trace.steps("gsx_wait_request_handler.1").stream()
                .map(step -> step.what().substring(step.what().lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    @DisplayName("the kernel's buffers are bounded: what waits beyond them is on the account, or still with the client")
    void boundsTheKernelsBuffers() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            ServerSocketChannel port = (ServerSocketChannel) loop.ports().get(0).channel();
            port.setOption(StandardSocketOptions.SO_RCVBUF, 200_000); // its clients would have the same
            try (TestClient client = loop.connect()) {
                SocketChannel inside =
                        (SocketChannel) loop.accept(client).connection().channel();
                assertThat(inside.getOption(StandardSocketOptions.SO_RCVBUF)).isLessThanOrEqualTo(64 * 1024);
                assertThat(inside.getOption(StandardSocketOptions.SO_SNDBUF)).isLessThanOrEqualTo(32 * 1024);
            }
        }
    }

    @Test
    @DisplayName(
            "over loopback: what a client sends while memory is short stays in the kernel, others are served; it is"
                    + " read, in order, when memory is free")
    void readsAgainWhenMemoryIsFree() throws Exception {
        Memory memory = new Memory(MOST, MOST);
        try (TestLoop loop = new TestLoop(1, 10, memory);
                TestClient client = loop.connect();
                TestClient other = loop.connect()) {
            loop.eventLoop.start();
            Client greedy = TestLoop.next(loop.opened);
            greedy.holdAnswers(2_000);
            memory.add(TIGHT - 2_000);
            client.send(Packets.packet(1), Packets.packet(2));
            for (int i = 0; i < 100; i++) {
                other.send(Packets.packet(3));
                assertThat(TestLoop.next(loop.received).code()).isEqualTo(3);
            }
            memory.add(-TIGHT + 2_000);
            assertThat(TestLoop.next(loop.received).code()).isEqualTo(1);
            assertThat(TestLoop.next(loop.received).code()).isEqualTo(2);
        }
    }
}
