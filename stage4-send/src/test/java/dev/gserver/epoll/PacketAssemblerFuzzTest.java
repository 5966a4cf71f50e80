package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gserver.Packets;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random streams, good and bad, cut at random places, against a decoder that has the whole stream before it. Each round
 * has a seed of its own, the same every time; a failure names it, and {@code -Dgserver.seed=SEED} begins with that one.
 * For more rounds: {@code -Dtest=PacketAssemblerFuzzTest -Dgserver.stress=100}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // nothing else ends a spin
class PacketAssemblerFuzzTest {
    /**
     * What a stream has to give.
     *
     * @param starts where its complete packets begin
     * @param taken how many of its bytes are taken: all, or those up to the end of the first bad header
     * @param announced bytes of all the bodies that good headers announce, the last of which may be incomplete
     */
    private record Decoded(List<Integer> starts, int taken, boolean malformed, int announced) {}

    private static final int ROUNDS = 300 * Integer.getInteger("gserver.stress", 1);
    private static final long FIRST_SEED = Long.getLong("gserver.seed", 0);
    private static final int HEADER = 8;
    private static final int LONGEST = 29_000;
    private static final int SLACK = 16_000; // bytes: an exception with its stack, less than a bad length announces
    private static final int SLACK_PER_PACKET = 400; // bytes: the message, the header, the body's own header

    private final Client client = Connections.client(0, "peer");
    private final PacketAssembler assembler = new PacketAssembler();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(RequestReader.READ_BUFFER_BYTES);

    @Test
    @DisplayName(
            "random streams cut at random: each packet comes out as it went in, up to the end or to a bad length; no"
                    + " more memory is taken than twice what checked lengths announce")
    void decodesLikeTheReference() {
        feedBadHeader();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed++) {
            try {
                assembler.clear(); // whatever the round before has left in it
                play(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dgserver.seed=" + seed + ": " + e, e);
            }
        }
    }

    private void play(Random random) {
        byte[] stream = stream(random);
        Decoded expected = decode(stream);
        long before = allocatedBytes();
        feed(stream, expected, random);
        long allocated = allocatedBytes() - before;
        int packets = expected.starts().size() + 1;
        assertThat(allocated).isLessThan(2 * expected.announced() + packets * SLACK_PER_PACKET + SLACK);
    }

    @Test
    @DisplayName("a body of which one byte has come takes next to no memory, and a bad length none")
    void allocatesWhatHasCome() throws Exception {
        feedBadHeader(); // the first makes the JVM load classes, which takes memory too
        assembler.clear();
        long before = allocatedBytes();
        assembler.next(client, ByteBuffer.wrap(Packets.packet(LONGEST, 5, 0, new byte[1])));
        assembler.clear();
        feedBadHeader();
        assertThat(allocatedBytes() - before).isLessThan(SLACK);
    }

    /** By this thread, ever. */
    private static long allocatedBytes() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void feedBadHeader() {
        byte[] bad = Packets.packet(65_535, 5, 0);
        feed(bad, decode(bad), new Random(0));
    }

    /** Feeds {@code stream} piece by piece, as the request reader does. */
    private void feed(byte[] stream, Decoded expected, Random random) {
        int packets = 0;
        int fed = 0;
        try {
            while (fed < stream.length) {
                int piece = Math.min(pieceLength(random), stream.length - fed);
                buffer.clear().put(stream, fed, piece).flip();
                fed += piece;
                Message message;
                while ((message = assembler.next(client, buffer)) != null) {
                    check(message, stream, expected, packets++);
                }
                if (buffer.hasRemaining()) {
                    fail("of " + fed + " bytes, not all taken: " + buffer);
                }
            }
            assertThat(expected.malformed()).as("a bad header, not noticed").isFalse();
        } catch (MalformedPacketException e) {
            assertThat(expected.malformed()).as(e.getMessage()).isTrue();
            assertThat(fed - buffer.remaining()).as("bytes taken").isEqualTo(expected.taken());
        }
        assertThat(packets).as("packets").isEqualTo(expected.starts().size());
    }

    /** Allocates nothing, for the sake of the test that measures. */
    private void check(Message message, byte[] stream, Decoded expected, int number) {
        if (number >= expected.starts().size()) {
            fail("one packet too many: " + message);
        }
        ByteBuffer packet = ByteBuffer.wrap(stream);
        packet.position(expected.starts().get(number));
        boolean equal = message.client() == client
                && message.packetLength() == Short.toUnsignedInt(packet.getShort())
                && message.code() == Short.toUnsignedInt(packet.getShort())
                && message.crc32() == packet.getInt();
        if (equal) {
            packet.limit(packet.position() + message.body().length);
            equal = packet.equals(ByteBuffer.wrap(message.body()));
        }
        if (!equal) {
            fail("packet " + number + ": " + message);
        }
    }

    /** The reference: simple, as it has all bytes at once. */
    private static Decoded decode(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream);
        List<Integer> starts = new ArrayList<>();
        int announced = 0;
        int start = 0;
        while (stream.length - start >= HEADER) {
            int length = Short.toUnsignedInt(in.getShort(start));
            if (length < HEADER || length > LONGEST) {
                return new Decoded(starts, start + HEADER, true, announced);
            }
            announced += length - HEADER;
            if (stream.length - start < length) {
                break;
            }
            starts.add(start);
            start += length;
        }
        return new Decoded(starts, stream.length, false, announced);
    }

    /** From one byte to as many as one read can bring, short ones as often as long ones. */
    private static int pieceLength(Random random) {
        return 1 + random.nextInt(1 << random.nextInt(17));
    }

    private static byte[] stream(Random random) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int kind = random.nextInt(6);
        if (kind == 0) {
            stream.writeBytes(bytes(random, random.nextInt(100_000))); // garbage
        } else {
            addPackets(random, stream);
        }
        if (kind <= 2) {
            stream.writeBytes(Packets.packet(badLength(random), random.nextInt(), random.nextInt()));
            addPackets(random, stream);
        }
        int end = kind == 5 ? random.nextInt(stream.size() + 1) : stream.size();
        return Arrays.copyOf(stream.toByteArray(), end);
    }

    private static void addPackets(Random random, ByteArrayOutputStream stream) {
        for (int left = random.nextInt(20); left > 0; left--) {
            int length = length(random);
            stream.writeBytes(
                    Packets.packet(length, random.nextInt(), random.nextInt(), bytes(random, length - HEADER)));
        }
    }

    private static int length(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> HEADER;
            case 2 -> LONGEST;
            case 3 -> HEADER + random.nextInt(LONGEST - HEADER);
            default -> HEADER + random.nextInt(200);
        };
    }

    private static int badLength(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> HEADER - 1;
            case 1 -> LONGEST + 1;
            case 2 -> random.nextInt(HEADER);
            default -> LONGEST + 1 + random.nextInt(65_535 - LONGEST);
        };
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
