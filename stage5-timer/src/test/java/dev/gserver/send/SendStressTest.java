package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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
import org.mockito.Mockito;

/**
 * Workers, the send thread and the event loop's thread, which the test's thread plays, all at once on the same clients.
 * After each burst there is a wait until all of it has arrived: the next packet would make up for a lost wake-up. For
 * more rounds: {@code -Dtest=SendStressTest -Dgserver.stress=100}.
 */
@Timeout(120)
class SendStressTest {
    private static final int CLIENTS = 10;
    private static final int WORKERS = 4;
    private static final int BURSTS = 30;
    private static final int MOST_PACKETS = 400; // of each worker in each burst
    private static final int SHORTEST = 24; // bytes of a packet
    private static final int LONGEST = 3_000;
    private static final int MOST_LEFT = 100_000; // bytes; a worker leaves a client out that has more of them left
    private static final int MAX_PENDING = MOST_LEFT + WORKERS * LONGEST + SendThread.BUFFER_BYTES; // never reached

    private final EventLoop eventLoop = mock(EventLoop.class, withSettings().stubOnly());
    private final SendQueue queue = new SendQueue(eventLoop, CLIENTS, MAX_PENDING, new ClientWarnings(() -> 0));
    private final SendThread sendThread = new SendThread(queue);
    private final WriteHandler writeHandler = new WriteHandler(eventLoop, queue);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final List<Client> formerClients = new ArrayList<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private long lastLeft;
    private long lastProgress = System.nanoTime();

    // the event loop, as far as it is played
    private final Thread loopThread = Thread.currentThread();
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Set<Connection> writeEvents = new HashSet<>();
    private final Map<Connection, Integer> pauses = new HashMap<>();

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @BeforeEach
    void start() {
        doAnswer(call -> executeFor(call.getArgument(0), call.getArgument(1), call.getArgument(2)))
                .when(eventLoop)
                .executeFor(any(), anyLong(), any());
        doAnswer(call -> executeFor(
                        call.getArgument(0), call.getArgument(1), () -> faults.add("closed: " + call.getArgument(0))))
                .when(eventLoop)
                .requestClose(any(), anyLong(), any());
        doAnswer(call -> inLoopThread() && writeEvents.add(call.getArgument(0)))
                .when(eventLoop)
                .addEvent(any(), anyInt());
        doAnswer(call -> inLoopThread() && writeEvents.remove(call.<Connection>getArgument(0)))
                .when(eventLoop)
                .removeEvent(any(), anyInt());
        doAnswer(call -> inLoopThread() && pause(call.getArgument(0), 1))
                .when(eventLoop)
                .pauseReading(any());
        doAnswer(call -> executeFor(call.getArgument(0), call.getArgument(1), () -> pause(call.getArgument(0), -1)))
                .when(eventLoop)
                .resumeReading(any(), anyLong());
        doAnswer(call -> tasks.add(() -> {})).when(eventLoop).workDone(any(), anyLong());
        sendThread.start();
    }

    @AfterEach
    void close() {
        workers.shutdown();
        sendThread.close();
        Mockito.framework().clearInlineMock(eventLoop); // its answers refer to this test: both would stay in memory
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
            Connection connection = Connections.open(index, "client-" + index, channel);
            queue.opened(connection);
            clients.add(new Client(connection, channel));
        }
    }

    /** The client leaves and a new one takes its place. */
    private void replace(int index, long seed) {
        Client former = clients.get(index);
        Connection connection = former.connection;
        former.channel.close();
        writeEvents.remove(connection);
        pauses.remove(connection);
        Connections.free(connection);
        queue.closed(connection);
        formerClients.add(former);

        RandomChannel channel = new RandomChannel(seed);
        Connections.reopen(connection, "next-client-" + index, channel);
        queue.opened(connection);
        clients.set(index, new Client(connection, channel));
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
        Client client = clients.get(0);
        for (int left = random.nextInt(1 + random.nextInt(MOST_PACKETS)); left >= 0; left--) {
            if (client.left() <= MOST_LEFT) {
                queue.msgSend(client.nextPacket(worker, random));
            }
            if (random.nextDouble() < leaving) {
                int index = client.connection.index();
                long seed = random.nextLong();
                tasks.add(() -> replace(index, seed));
            }
            if (random.nextBoolean()) {
                Thread.yield();
            }
            if (random.nextBoolean()) {
                client = clients.get(random.nextInt(1 + random.nextInt(CLIENTS))); // some get more than others
            }
        }
    }

    /** One turn of the event loop: first some of the sockets that are waited for are writable, then there are tasks. */
    private void turn(Random random) throws Exception {
        for (Connection connection : List.copyOf(writeEvents)) {
            if (random.nextInt(4) == 0) {
                writeHandler.handle(connection);
            }
        }
        Runnable task = writeEvents.isEmpty() ? tasks.poll(1, TimeUnit.MILLISECONDS) : tasks.poll();
        for (; task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private boolean isOver(List<Future<?>> burst) throws Exception {
        if (burst.stream().allMatch(Future::isDone)
                && tasks.isEmpty()
                && clients.stream().allMatch(this::isQuiet)) {
            for (Future<?> worker : burst) {
                worker.get(); // fails if it has failed
            }
            return true;
        }
        long left = clients.stream().mapToLong(Client::left).sum();
        if (left != lastLeft) {
            lastLeft = left;
            lastProgress = System.nanoTime();
        }
        if (System.nanoTime() - lastProgress > TimeUnit.SECONDS.toNanos(20)) {
            fail("stuck, with bytes left and write event: "
                    + clients.stream().map(this::describe).toList() + faults);
        }
        return false;
    }

    private boolean isQuiet(Client client) {
        return client.left() <= 0
                && !queue.busy(client.connection)
                && !writeEvents.contains(client.connection)
                && pauses.getOrDefault(client.connection, 0) == 0;
    }

    private String describe(Client client) {
        return client.connection.index() + ": " + client.left() + " " + writeEvents.contains(client.connection)
                + (queue.busy(client.connection) ? " busy" : "") + " paused " + pauses.get(client.connection);
    }

    private void check() {
        sendThread.close();
        assertThat(faults).isEmpty();
        clients.forEach(client -> assertThat(client.received(faults)).isEqualTo(client.numbers));
        formerClients.forEach(client -> client.received(faults));
        assertThat(faults).isEmpty();
    }

    private boolean executeFor(Connection connection, long sequence, Runnable task) {
        return tasks.add(() -> {
            if (!connection.isStale(sequence)) {
                task.run();
            }
        });
    }

    private boolean inLoopThread() {
        return Thread.currentThread() == loopThread || !faults.add("not the event loop's thread");
    }

    private boolean pause(Connection connection, int more) {
        return pauses.merge(connection, more, Integer::sum) > 0;
    }

    /** A client, with what the workers have sent to it. Any thread; each worker has a number of its own. */
    private static final class Client {
        private final Connection connection;
        private final long sequence;
        private final RandomChannel channel;
        private final int[] numbers = new int[WORKERS];
        private final AtomicLong sentBytes = new AtomicLong();

        Client(Connection connection, RandomChannel channel) {
            this.connection = connection;
            this.sequence = connection.sequence();
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
            ByteBuffer.wrap(body).putInt(connection.index()).putLong(sequence).putInt(numbers[worker]);
            Message packet = new Message(connection, sequence, worker, Message.crc32Of(body), body);
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
                    faults.add(connection + ": wrong packet after " + Arrays.toString(last));
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
                    && fields.getInt() == connection.index()
                    && fields.getLong() == sequence
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
            Thread.yield(); // the others have time to get in the way, as with a real socket
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
