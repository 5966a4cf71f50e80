package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gserver.epoll.Client;
import dev.gserver.epoll.FakeLoop;
import dev.gserver.epoll.Message;
import dev.gserver.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers, the send thread and the event loop's thread, which the test's thread plays, all at once on the same clients.
 * After each burst there is a wait until all of it has arrived: the next packet would make up for a lost wake-up. For
 * more rounds: {@code -Dtest=SendStressTest -Dgserver.stress=100}.
 */
@Timeout(60)
class SendStressTest {
    private static final int CLIENTS = 10;
    private static final int WORKERS = 4;
    private static final int BURSTS = 30;
    private static final int MOST_PACKETS = 400; // of each worker in each burst
    private static final int SHORTEST = 24; // bytes of a packet
    private static final int LONGEST = 3_000;
    private static final int MOST_LEFT = 100_000; // bytes; a worker leaves a client out that has more of them left
    private static final int MAX_PENDING =
            4 * (MOST_LEFT + WORKERS * LONGEST + SendThread.BUFFER_BYTES); // never reached

    private final FakeLoop loop = new FakeLoop(new Memory(1_000_000_000, MAX_PENDING));
    private final SendQueue queue = new SendQueue(loop.eventLoop, CLIENTS, MAX_PENDING);
    private final SendThread sendThread = new SendThread(queue);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final List<Receiver> clients = new CopyOnWriteArrayList<>();
    private final List<Receiver> formerClients = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private long lastLeft;
    private long lastProgress = System.nanoTime();

    private final Set<Client> paused = new HashSet<>(); // the loop waits until they are due

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @BeforeEach
    void start() {
        loop.whenDue = client -> loop.tasks.add(() -> lookAgain(client));
        sendThread.start();
    }

    @AfterEach
    void close() {
        workers.shutdown();
        sendThread.close();
        loop.close();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("four workers, and sockets that are full time and again: each client gets every packet once, those of"
            + " one worker in order, and only one thread at a time writes to it")
    void completeAndInOrder(int round) throws Exception {
        play(new Random(round), 0);
        check();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("clients come and go while packets for them are on their way: those who stay get all of theirs, in"
            + " order, and nobody another's")
    void clientsComeAndGo(int round) throws Exception {
        play(new Random(round), 0.02);
        check();
    }

    /** @param leaving how likely it is that the client leaves to whom a packet has just been sent */
    private void play(Random random, double leaving) throws Exception {
        connect(random);
        for (int i = 0; i < BURSTS; i++) {
            List<Future<?>> burst = burst(random, leaving);
            do {
                turn(random);
            } while (!isOver(burst));
        }
    }

    private void connect(Random random) {
        for (int index = 0; index < CLIENTS; index++) {
            RandomChannel channel = new RandomChannel(random.nextLong());
            clients.add(opened(loop.client(index, "client-" + index, channel), channel));
        }
    }

    /** The client leaves and a new one takes its place. */
    private void replace(int index, long seed) {
        Receiver former = clients.get(index);
        former.channel.close();
        RandomChannel channel = new RandomChannel(seed);
        Client next = loop.replace(former.client, "next-client-" + index, channel);
        queue.closed(former.client);
        paused.remove(former.client);
        formerClients.add(former);
        clients.set(index, opened(next, channel));
    }

    private Receiver opened(Client client, RandomChannel channel) {
        queue.opened(client);
        return new Receiver(client, channel);
    }

    private List<Future<?>> burst(Random random, double leaving) {
        List<Future<?>> burst = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            Random numbers = new Random(random.nextLong());
            burst.add(workers.submit(() -> send(worker, numbers, leaving)));
        }
        return burst;
    }

    /** Sends some packets to one client after another, each of which may have left by then. */
    private void send(int worker, Random random, double leaving) {
        Receiver client = clients.get(0);
        for (int left = random.nextInt(1 + random.nextInt(MOST_PACKETS)); left >= 0; left--) {
            if (client.left() <= MOST_LEFT) {
                queue.send(client.nextPacket(worker, random));
            }
            if (random.nextDouble() < leaving) {
                int index = client.client.connection().index();
                long seed = random.nextLong();
                loop.tasks.add(() -> replace(index, seed));
            }
            if (random.nextInt(8) == 0) { // on a busy machine a yield costs a time slice
                Thread.yield();
            }
            if (random.nextBoolean()) {
                client = clients.get(random.nextInt(1 + random.nextInt(CLIENTS))); // some get more than others
            }
        }
    }

    /** One turn of the event loop: some stop being read from, some sockets are writable, and there are tasks. */
    private void turn(Random random) throws Exception {
        Client one = clients.get(random.nextInt(CLIENTS)).client;
        if (paused.add(one)) {
            loop.await(one);
        }
        for (Receiver client : clients) {
            if (random.nextInt(4) == 0) {
                loop.writable(client.client);
            }
        }
        loop.tasks.addAll(loop.delayed);
        loop.delayed.clear();
        Runnable task = loop.writeEvents.isEmpty() ? loop.tasks.poll(1, TimeUnit.MILLISECONDS) : loop.tasks.poll();
        for (; task != null; task = loop.tasks.poll()) {
            task.run();
        }
    }

    /** What the event loop does with a client of which it has been told. */
    private void lookAgain(Client client) {
        if (!loop.isDue(client)) {
            loop.await(client);
        } else {
            paused.remove(client);
        }
    }

    private boolean isOver(List<Future<?>> burst) throws Exception {
        if (burst.stream().allMatch(Future::isDone)
                && loop.tasks.isEmpty()
                && clients.stream().allMatch(this::isQuiet)) {
            for (Future<?> worker : burst) {
                worker.get(); // fails if it has failed
            }
            return true;
        }
        long left = clients.stream().mapToLong(Receiver::left).sum();
        if (left != lastLeft) {
            lastLeft = left;
            lastProgress = System.nanoTime();
        }
        if (System.nanoTime() - lastProgress > TimeUnit.SECONDS.toNanos(20)) {
            fail("stuck, with " + left + " bytes left; write events: " + loop.writeEvents + ", faults: " + faults);
        }
        return false;
    }

    private boolean isQuiet(Receiver client) {
        return client.left() <= 0
                && queue.outbox(client.client).pendingBytes() == 0
                && !loop.writeEvents.contains(client.client.connection())
                && !paused.contains(client.client);
    }

    private void check() {
        sendThread.close();
        assertThat(faults).isEmpty();
        assertThat(loop.warned).isEmpty();
        assertThat(loop.memory.held()).isZero();
        clients.forEach(client -> assertThat(client.received(faults)).isEqualTo(client.numbers));
        formerClients.forEach(client -> client.received(faults));
        assertThat(faults).isEmpty();
    }

    /** A client, with what the workers have sent to it. Any thread; each worker has a number of its own. */
    private static final class Receiver {
        private static final AtomicLong LAST_ID = new AtomicLong();

        private final Client client;
        private final RandomChannel channel;
        private final long id = LAST_ID.incrementAndGet();
        private final int[] numbers = new int[WORKERS];
        private final AtomicLong sentBytes = new AtomicLong();

        Receiver(Client client, RandomChannel channel) {
            this.client = client;
            this.channel = channel;
        }

        /** How many bytes have been sent to it and have not arrived. */
        long left() {
            return sentBytes.get() - channel.arrivedBytes.get();
        }

        /** Numbered packets, some of them long. */
        Message nextPacket(int worker, Random random) {
            byte[] body = new byte[length(random) - 8];
            Arrays.fill(body, (byte) ++numbers[worker]);
            ByteBuffer.wrap(body)
                    .putInt(client.connection().index())
                    .putLong(id)
                    .putInt(numbers[worker]);
            Message packet = new Message(client, worker, Message.crc32Of(body), body);
            sentBytes.addAndGet(packet.packetLength());
            return packet;
        }

        private static int length(Random random) {
            return random.nextInt(4) == 0 ? LONGEST : SHORTEST + random.nextInt(300);
        }

        /** The last number that it received of each worker; a packet that is wrong goes to {@code faults}. */
        int[] received(Queue<String> faults) {
            int[] last = new int[WORKERS];
            ByteBuffer in = ByteBuffer.wrap(channel.bytes.toByteArray());
            while (in.remaining() >= 2 && in.remaining() >= in.getShort(in.position())) {
                if (!isNext(in, last)) {
                    faults.add(client + ": wrong packet after " + Arrays.toString(last));
                    break;
                }
            }
            return last;
        }

        private boolean isNext(ByteBuffer in, int[] last) {
            int length = in.getShort();
            if (length < SHORTEST) {
                return false;
            }
            int worker = in.getShort();
            int crc32 = in.getInt();
            byte[] body = new byte[length - 8];
            in.get(body);
            ByteBuffer fields = ByteBuffer.wrap(body);
            return crc32 == Message.crc32Of(body)
                    && fields.getInt() == client.connection().index()
                    && fields.getLong() == id
                    && fields.getInt() == ++last[worker];
        }
    }

    /** A channel that takes a random part of what it is given. It notices when it is used by two threads at once. */
    private final class RandomChannel implements WritableByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final AtomicLong arrivedBytes = new AtomicLong();
        private final AtomicBoolean inUse = new AtomicBoolean();
        private final Random random;
        private final int most;
        private volatile boolean closed;

        RandomChannel(long seed) {
            random = new Random(seed);
            most = 256 << random.nextInt(10);
        }

        @Override
        public int write(ByteBuffer in) throws IOException {
            if (!inUse.compareAndSet(false, true)) {
                faults.add("two threads write at once");
            }
            if (random.nextInt(8) == 0) {
                Thread.yield(); // the others have time to get in the way, as with a real socket
            }
            if (closed) {
                inUse.set(false);
                throw new ClosedChannelException();
            }
            byte[] taken = new byte[Math.min(random.nextInt(most + 1), in.remaining())];
            in.get(taken);
            bytes.writeBytes(taken);
            inUse.set(false);
            arrivedBytes.addAndGet(taken.length);
            return taken.length;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
