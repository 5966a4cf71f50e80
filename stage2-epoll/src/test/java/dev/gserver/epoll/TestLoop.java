package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.TestClient;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop with free ports, and what it told the layers above. Driven by hand by the test's thread until
 * {@link EventLoop#start}; the queues may be used by any thread.
 */
final class TestLoop implements ConnectionListener, AutoCloseable {
    static final long PATIENCE_MILLIS = 8_000;
    private static final int BACKLOG = 511;

    private final ListeningSockets ports;
    final EventLoop eventLoop;
    final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    /** Connections that a layer above still works for. */
    final Set<Connection> busy = ConcurrentHashMap.newKeySet();

    private volatile Selector selector; // known once there is a client

    TestLoop() throws IOException {
        this(1, 100);
    }

    TestLoop(int portCount, int connections) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ports = ListeningSockets.open(loopback, Collections.nCopies(portCount, 0), BACKLOG);
        eventLoop = new EventLoop(ports.sockets(), connections, new ClientWarnings(System::nanoTime));
        eventLoop.deliverTo((connection, messages) -> received.addAll(messages));
        eventLoop.addListener(this);
    }

    @Override
    public void opened(Connection connection) {
        selector = connection.key().selector();
        opened.add(connection);
    }

    @Override
    public void closed(Connection connection) {
        closed.add(connection);
    }

    @Override
    public boolean busy(Connection connection) {
        return busy.contains(connection);
    }

    List<InetSocketAddress> addresses() {
        return ports.sockets().stream().map(socket -> socket.address()).toList();
    }

    TestClient connect() throws IOException {
        return new TestClient(addresses().get(0));
    }

    /** By hand: handles one wait after the other until {@code done}. */
    void processUntil(BooleanSupplier done) throws IOException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
            eventLoop.processEvents(100);
            eventLoop.runTasks();
        }
    }

    /** By hand: lets {@code client} in. */
    Connection accept(TestClient client) throws IOException {
        processUntil(() -> opened.stream().anyMatch(connection -> isOf(connection, client)));
        Connection connection =
                opened.stream().filter(each -> isOf(each, client)).findFirst().orElseThrow();
        opened.remove(connection);
        return connection;
    }

    static boolean isOf(Connection connection, TestClient client) {
        return connection.toString().endsWith(":" + client.port() + ")");
    }

    /** By hand: the connections of the ports, in the order of the pool. */
    List<Connection> ports() {
        return selector.keys().stream()
                .map(key -> (Connection) key.attachment())
                .filter(Connection::isListening)
                .sorted(Comparator.comparingInt(Connection::index))
                .toList();
    }

    /** By hand: handles all that one wait returns. */
    void processEvents() throws IOException {
        eventLoop.processEvents(PATIENCE_MILLIS);
    }

    /** Any thread: waits until the kernel has something to read, or to accept, for all of {@code connections}. */
    static void awaitReadable(Connection... connections) throws IOException {
        try (Selector selector = Selector.open()) {
            for (Connection connection : connections) {
                SelectableChannel channel = connection.channel();
                channel.register(selector, channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT));
            }
            long start = System.nanoTime();
            while (selector.selectedKeys().size() < connections.length) {
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
                selector.select(100);
            }
        }
    }

    /** Started: waits until the loop has run what was given to it before, and has been through a wait since. */
    void roundTrip() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            eventLoop.execute(done::countDown);
            assertThat(done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    /** Takes the next element, for which it waits. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(element).as("nothing came").isNotNull();
        return element;
    }

    @Override
    public void close() {
        eventLoop.close();
        ports.close();
    }
}
