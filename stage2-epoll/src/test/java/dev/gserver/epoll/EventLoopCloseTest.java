package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.listen.ListeningSockets;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** How connections and the loop itself end. */
class EventLoopCloseTest {
    private static final Duration FOREVER = Duration.ofHours(1);

    private final LogRecorder log = new LogRecorder();
    private TestLoop loop;
    private EventLoop eventLoop;
    private TestClient client;

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop();
        eventLoop = loop.eventLoop;
        client = loop.connect();
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        loop.close();
        log.close();
    }

    @Test
    @DisplayName("a client that ends its side is closed when nothing is left to do for it")
    void closesWhenTheClientEnds() throws Exception {
        eventLoop.start();
        client.send(Packets.packet(7));
        client.endOutput();
        assertThat(client.receiveEnd()).isZero();
        assertThat(TestLoop.next(loop.closed)).isSameAs(TestLoop.next(loop.opened));
        assertThat(loop.received).extracting(Message::code).containsExactly(7);
        assertThat(log.texts(Level.FINE))
                .anyMatch(text -> text.endsWith(": opened"))
                .anyMatch(text -> text.endsWith(": input ended: the client has ended its side"))
                .anyMatch(text -> text.endsWith(": closed: all dealt with"));
    }

    @Test
    @DisplayName("input that has ended is read no more, but the connection stays while a layer works for it")
    void staysWhileBusy() throws Exception {
        Connection connection = loop.accept(client);
        loop.busy.add(connection);
        eventLoop.endInput(connection, "test");
        assertThat(connection.inputEnded()).isTrue();
        assertThat(connection.key().interestOps() & SelectionKey.OP_READ).isZero();
        assertThat(connection.isOpen()).isTrue();
        assertThat(loop.closed).isEmpty();
    }

    @Test
    @DisplayName("one busy layer of several is enough to keep the connection")
    void asksEveryLayer() throws Exception {
        ConnectionListener idle = mock(ConnectionListener.class);
        eventLoop.addListener(idle);
        Connection connection = loop.accept(client);
        loop.busy.add(connection);
        eventLoop.endInput(connection, "test");
        assertThat(connection.isOpen()).isTrue();
        loop.busy.clear();
        when(idle.busy(connection)).thenReturn(true);
        eventLoop.workDone(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    @DisplayName("workDone closes a connection whose input has ended, as soon as no layer is busy")
    void closesWhenWorkIsDone() throws Exception {
        Connection connection = loop.accept(client);
        loop.busy.add(connection);
        eventLoop.endInput(connection, "test");
        eventLoop.workDone(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(loop.closed).as("still busy").isEmpty();
        loop.busy.clear();
        eventLoop.workDone(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(client.receiveEnd()).isZero();
        client.close();
        loop.processUntil(() -> !loop.closed.isEmpty());
        assertThat(loop.closed).containsExactly(connection);
    }

    @Test
    @DisplayName("workDone does nothing while the input is open, or for a client that has left")
    void ignoresWorkDoneTooEarlyOrTooLate() throws Exception {
        Connection connection = loop.accept(client);
        eventLoop.workDone(connection, connection.sequence());
        eventLoop.runTasks();
        assertThat(connection.isOpen()).as("input is open").isTrue();
        loop.busy.add(connection);
        eventLoop.endInput(connection, "test");
        loop.busy.clear();
        eventLoop.workDone(connection, connection.sequence() - 1);
        eventLoop.runTasks();
        assertThat(connection.isOpen()).as("stale").isTrue();
    }

    @Test
    @DisplayName("requestClose closes the connection, and says why in the log")
    void closesOnRequest() throws Exception {
        eventLoop.start();
        Connection connection = TestLoop.next(loop.opened);
        eventLoop.requestClose(connection, connection.sequence(), "on request");
        assertThat(client.receiveEnd()).isZero();
        assertThat(TestLoop.next(loop.closed)).isSameAs(connection);
        assertThat(log.texts(Level.FINE)).contains(connection + ": closed: on request");
    }

    @Test
    @DisplayName("requestClose for a client that has left does nothing to the one that has its place")
    void ignoresStaleRequests() throws Exception {
        eventLoop.start();
        Connection connection = TestLoop.next(loop.opened);
        long sequence = connection.sequence();
        eventLoop.requestClose(connection, sequence, "first");
        eventLoop.requestClose(connection, sequence, "second");
        assertThat(client.receiveEnd()).isZero();
        try (TestClient next = loop.connect()) {
            assertThat(TestLoop.next(loop.opened)).isSameAs(connection);
            eventLoop.requestClose(connection, sequence, "third");
            loop.roundTrip();
            next.send(Packets.packet(8));
            assertThat(TestLoop.next(loop.received).code()).isEqualTo(8);
            assertThat(loop.closed).hasSize(1);
        }
    }

    @Test
    @DisplayName("listeners hear of every client once when it comes and once when it goes, in the order added")
    void tellsListeners() throws Exception {
        ConnectionListener first = mock(ConnectionListener.class);
        ConnectionListener second = mock(ConnectionListener.class);
        eventLoop.addListener(first);
        eventLoop.addListener(second);
        Connection connection = loop.accept(client);
        client.close();
        loop.processUntil(() -> !loop.closed.isEmpty());
        InOrder order = inOrder(first, second);
        order.verify(first).opened(connection);
        order.verify(second).opened(connection);
        order.verify(first).busy(connection);
        order.verify(second).busy(connection);
        order.verify(first).closed(connection);
        order.verify(second).closed(connection);
        order.verifyNoMoreInteractions();
    }

    @Test
    @DisplayName("a listener that is told of a closed client finds its sequence number stale")
    void tellsListenersAfterTheSequenceHasChanged() throws Exception {
        BlockingQueue<Boolean> stale = new LinkedBlockingQueue<>();
        Connection connection = loop.accept(client);
        long sequence = connection.sequence();
        eventLoop.addListener(new ConnectionListener() {
            @Override
            public void closed(Connection closed) {
                stale.add(closed.isStale(sequence));
            }
        });
        eventLoop.close(connection, "test");
        assertThat(stale).containsExactly(true);
    }

    @Test
    @DisplayName("a layer that only wants to know of new clients keeps no connection open")
    void listenerIsIdleByDefault() throws Exception {
        eventLoop.addListener(new ConnectionListener() {});
        Connection connection = loop.accept(client);
        client.endOutput();
        loop.processUntil(() -> !connection.isOpen());
    }

    @Test
    @DisplayName("drain returns at once when nobody is connected")
    void drainsAtOnceWithoutClients() throws Exception {
        loop.accept(client);
        client.close();
        loop.processUntil(() -> !loop.closed.isEmpty());
        eventLoop.start();
        eventLoop.drain(FOREVER);
    }

    @Test
    @DisplayName("drain closes the ports: who knocks then is refused")
    void drainClosesThePorts() throws Exception {
        eventLoop.start();
        TestLoop.next(loop.opened);
        client.closeAtEnd();
        eventLoop.drain(FOREVER);
        loop.roundTrip();
        InetSocketAddress address = loop.addresses().get(0);
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
                .isInstanceOf(ConnectException.class);
        assertThat(log.texts(Level.FINE)).anyMatch(text -> text.endsWith(": closed: no more clients"));
    }

    @Test
    @DisplayName("drain closes idle clients, and listeners hear of them but not of the ports")
    void drainClosesIdleClients() throws Exception {
        eventLoop.start();
        Connection connection = TestLoop.next(loop.opened);
        client.closeAtEnd();
        eventLoop.drain(FOREVER);
        assertThat(loop.closed).containsExactly(connection);
    }

    @Test
    @DisplayName("drain waits for a busy client, and returns when its work is done")
    void drainWaitsForWork() throws Exception {
        try (TestClient idleClient = loop.connect()) {
            Connection connection = loop.accept(client);
            loop.accept(idleClient);
            long sequence = connection.sequence();
            loop.busy.add(connection);
            eventLoop.addListener(new ConnectionListener() {
                @Override
                public boolean busy(Connection asked) { // asked by drain: the work is done a little later
                    eventLoop.execute(() -> {
                        loop.busy.clear();
                        eventLoop.workDone(connection, sequence);
                    });
                    return false;
                }
            });
            eventLoop.start();
            client.closeAtEnd();
            idleClient.closeAtEnd();
            eventLoop.drain(FOREVER);
            assertThat(loop.closed).hasSize(2).contains(connection);
        }
    }

    @Test
    @DisplayName("drain gives up after its grace time; the busy client is still there, and read no more")
    void drainGivesUp() throws Exception {
        Connection connection = loop.accept(client);
        loop.busy.add(connection);
        eventLoop.start();
        long start = System.nanoTime();
        eventLoop.drain(Duration.ofMillis(20));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        loop.roundTrip();
        assertThat(loop.closed).isEmpty();
        assertThat(connection.inputEnded()).isTrue();
        client.send(Packets.ping());
        TestLoop.awaitReadable(connection);
        loop.roundTrip();
        assertThat(loop.received).isEmpty();
    }

    @Test
    @DisplayName("a thread that is interrupted while it drains or closes stops waiting and stays interrupted")
    void staysInterrupted() throws Exception {
        loop.busy.add(loop.accept(client));
        eventLoop.start();
        Thread.currentThread().interrupt();
        eventLoop.drain(FOREVER);
        assertThat(Thread.interrupted()).as("after drain").isTrue();
        Thread.currentThread().interrupt();
        eventLoop.close();
        assertThat(Thread.interrupted()).as("after close").isTrue();
    }

    @Test
    @DisplayName("close ends the thread and closes every connection, busy or not, and the Selector")
    void closesEverything() throws Exception {
        Connection connection = loop.accept(client);
        loop.busy.add(connection);
        Selector selector = connection.key().selector();
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        eventLoop.start();
        eventLoop.execute(() -> threads.add(Thread.currentThread()));
        Thread thread = TestLoop.next(threads);
        eventLoop.close();
        assertThat(thread.isAlive()).isFalse();
        assertThat(selector.isOpen()).isFalse();
        assertThat(loop.closed).containsExactly(connection);
        assertThat(client.receiveEnd()).isZero();
        assertThat(log.texts(Level.FINE)).contains(connection + ": closed: the server has stopped");
        assertPortIsFree(loop);
    }

    @Test
    @DisplayName("close returns when the thread has ended, not before")
    void waitsForTheThread() throws Exception {
        Thread closing = Thread.currentThread();
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        eventLoop.addListener(new ConnectionListener() {
            @Override
            public void closed(Connection connection) { // holds the thread up until close waits for it
                threads.add(Thread.currentThread());
                long start = System.nanoTime();
                while (closing.getState() != Thread.State.WAITING && System.nanoTime() - start < 1_000_000_000) {
                    Thread.onSpinWait();
                }
            }
        });
        loop.accept(client);
        eventLoop.start();
        eventLoop.close();
        assertThat(threads).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    @DisplayName("close ends a loop that has no ports and no clients; closing again does nothing")
    void closesEmptyLoop() throws Exception {
        EventLoop empty = new EventLoop(List.of(), 1, new ClientWarnings(System::nanoTime));
        empty.deliverTo(mock(MessageSink.class));
        empty.start();
        empty.close();
        empty.close();
    }

    @Test
    @DisplayName("close without a start closes every connection too")
    void closesWithoutStart() throws Exception {
        TestLoop unstarted = new TestLoop();
        try (TestClient itsClient = unstarted.connect()) {
            Connection connection = unstarted.accept(itsClient);
            Selector selector = connection.key().selector();
            unstarted.eventLoop.close();
            assertThat(selector.isOpen()).isFalse();
            assertThat(unstarted.closed).containsExactly(connection);
            assertThat(itsClient.receiveEnd()).isZero();
            assertPortIsFree(unstarted);
        }
    }

    @Test
    @DisplayName("after 200 short connections the number of open descriptors is what it was")
    void leaksNoDescriptors() throws Exception {
        File descriptors = new File("/proc/self/fd");
        assumeTrue(descriptors.exists());
        eventLoop.start();
        connectShortly();
        int before = descriptors.list().length;
        for (int i = 0; i < 200; i++) {
            connectShortly();
        }
        assertThat(descriptors.list().length).isLessThan(before + 10);
    }

    private void connectShortly() throws Exception {
        int alreadyClosed = loop.closed.size();
        try (TestClient shortly = loop.connect()) {
            shortly.send(Packets.ping());
            TestLoop.next(loop.received);
        }
        while (loop.closed.size() == alreadyClosed) {
            loop.roundTrip();
        }
        loop.roundTrip();
    }

    private static void assertPortIsFree(TestLoop closedLoop) throws IOException {
        int port = closedLoop.addresses().get(0).getPort();
        ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(port), 1)
                .close();
    }
}
