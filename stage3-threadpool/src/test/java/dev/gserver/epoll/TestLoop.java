package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gserver.TestClient;
import dev.gserver.common.ClientWarnings;
import dev.gserver.listen.ListeningSocket;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An event loop with free ports, what it delivered, and whom it told the layers above of. Driven by hand by the test's
 * thread until {@link EventLoop#start}; the queues may be used by any thread.
 */
public final class TestLoop implements MessageSink, Layer, AutoCloseable {
    static final long PATIENCE_MILLIS = Long.getLong("gserver.patience-ms", 8_000);
    private static final int BACKLOG = 511;

    private final ListeningSockets ports;
    public final EventLoop eventLoop;
    public final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    /** Where messages go; the test may put another in its place. This one has received them when they are flushed. */
    public volatile Sink sink = new Sink() {
        private final List<Message> arrived = new ArrayList<>();

        @Override
        public void deliver(Client client, List<Message> messages) {
            arrived.addAll(messages);
        }

        @Override
        public void flush() {
            received.addAll(arrived);
            arrived.clear();
        }
    };

    public final BlockingQueue<Client> opened = new LinkedBlockingQueue<>();
    public final BlockingQueue<Client> closed = new LinkedBlockingQueue<>();
    /** Whether what is delivered stays on its client's account, until the test takes it off. */
    public volatile boolean keepsRequests;

    /** One with nothing to flush. */
    @FunctionalInterface
    public interface Sink extends MessageSink {
        @Override
        default void flush() {}
    }

    public TestLoop() throws IOException {
        this(1, 100);
    }

    public TestLoop(int portCount, int connections) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ports = ListeningSockets.open(loopback, Collections.nCopies(portCount, 0), BACKLOG);
        eventLoop = build(ports.sockets(), connections, this);
        eventLoop.clients().addLayer(this);
    }

    /** A loop on {@code sockets} that delivers to {@code sink}. */
    static EventLoop build(List<ListeningSocket> sockets, int connections, MessageSink sink) throws IOException {
        return new EventLoop(sockets, connections, sink, new ClientWarnings(() -> 0));
    }

    @Override
    public void deliver(Client client, List<Message> messages) {
        if (!keepsRequests) {
            client.releaseRequests(
                    messages.stream().mapToInt(Message::heapBytes).sum());
        }
        sink.deliver(client, messages);
    }

    @Override
    public void flush() {
        sink.flush();
    }

    @Override
    public void opened(Client client) {
        opened.add(client);
    }

    @Override
    public void closed(Client client) {
        closed.add(client);
    }

    public List<InetSocketAddress> addresses() {
        return ports.sockets().stream().map(socket -> socket.address()).toList();
    }

    public TestClient connect() throws IOException {
        return new TestClient(addresses().get(0));
    }

    /** By hand: handles one wait after the other until {@code done}. */
    public void processUntil(BooleanSupplier done) throws IOException {
        processUntil("the loop does what the test waits for", done);
    }

    private void processUntil(String what, BooleanSupplier done) throws IOException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertInTime(start, what);
            eventLoop.processEvents(100);
            eventLoop.runTasks();
            flush();
        }
    }

    /** By hand: handles all that one wait returns. */
    public void processEvents() throws IOException {
        eventLoop.processEvents(PATIENCE_MILLIS);
        flush();
    }

    /** By hand: lets the client in that has connected. */
    public Client accept(TestClient client) throws IOException {
        processUntil("the loop lets a client in", () -> find(client).isPresent());
        return find(client).orElseThrow();
    }

    private Optional<Client> find(TestClient client) {
        return eventLoop.openConnections().stream()
                .map(Connection::client)
                .filter(each -> each != null && each.peer().endsWith(":" + client.port()))
                .findFirst();
    }

    /** By hand: the connections of the ports, in the order of the pool. */
    public List<Connection> ports() {
        return eventLoop.openConnections().stream()
                .filter(connection -> connection.client() == null)
                .sorted(Comparator.comparingInt(Connection::index))
                .toList();
    }

    /** Any thread: waits until the kernel has something to read, or to accept, for all of {@code connections}. */
    public static void awaitReadable(Connection... connections) throws IOException {
        try (Selector selector = Selector.open()) {
            for (Connection connection : connections) {
                SelectableChannel channel = connection.channel();
                channel.register(selector, channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT));
            }
            long start = System.nanoTime();
            while (selector.selectedKeys().size() < connections.length) {
                assertInTime(start, "the kernel has something for each connection");
                selector.select(100);
            }
        }
    }

    /** Started: waits until the loop has run what was given to it before, and has been through a wait since. */
    public void roundTrip() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(1);
            eventLoop.execute(done::countDown);
            assertThat(done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        }
    }

    private static void assertInTime(long start, String what) {
        if (System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            fail("waited in vain until %s", what);
        }
    }

    /** Takes the next element, for which it waits. */
    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(element).withFailMessage("waited in vain: nothing came").isNotNull();
        return element;
    }

    @Override
    public void close() {
        eventLoop.close();
        ports.close();
    }
}
