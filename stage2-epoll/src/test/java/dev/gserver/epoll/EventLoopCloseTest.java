package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.common.ClientWarnings;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How connections and the loop itself end, and whose the loop is meanwhile. */
class EventLoopCloseTest {
    private final LogRecorder log = new LogRecorder();
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>(); // that delivered
    private TestLoop loop;
    private EventLoop eventLoop;
    private TestClient client;
    private volatile boolean over;

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop();
        eventLoop = loop.eventLoop;
        client = loop.connect();
    }

    @AfterEach
    void closeAll() throws IOException {
        over = true;
        client.close();
        loop.close();
        log.close();
    }

    /** Starts the loop; returns its thread, which has let the client in. */
    private Thread start() throws Exception {
        loop.sink = (from, messages) -> threads.add(Thread.currentThread());
        eventLoop.start();
        client.send(Packets.ping());
        return TestLoop.next(threads);
    }

    @Test
    @DisplayName("a client that ends its side is closed when what it sent is delivered")
    void closesWhenTheClientEnds() throws Exception {
        eventLoop.start();
        client.send(Packets.packet(7));
        client.endOutput();
        assertThat(client.receiveEnd()).isZero();
        eventLoop.close();
        assertThat(loop.received).extracting(Message::code).containsExactly(7);
        assertThat(log.texts(Level.FINE))
                .anyMatch(text -> text.endsWith(": opened"))
                .anyMatch(text -> text.endsWith(": the client has ended its side"))
                .anyMatch(text -> text.contains(": closed: "));
    }

    @Test
    @DisplayName("a client that has left is not closed again, and neither is who has its place now")
    void closesOnce() throws Exception {
        Client gone = loop.accept(client);
        eventLoop.clients().close(gone, "first");
        try (TestClient nextClient = loop.connect()) {
            Client next = loop.accept(nextClient);
            assertThat(next.connection()).isSameAs(gone.connection());
            eventLoop.clients().close(gone, "second");
            assertThat(next.hasLeft()).isFalse();
        }
        assertThat(log.texts(Level.FINE)).noneMatch(text -> text.endsWith("second"));
    }

    @Test
    @DisplayName("until it is started, the loop belongs to the thread that built it")
    void belongsToItsBuilder() throws Exception {
        Client inside = loop.accept(client);
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Thread other = new Thread(() -> eventLoop.clients().close(inside, "test"));
        other.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        other.start();
        assertThat(TestLoop.next(failures)).isInstanceOf(IllegalStateException.class);
        assertThat(inside.hasLeft()).isFalse();
        eventLoop.clients().close(inside, "test");
        assertThat(inside.hasLeft()).isTrue();
    }

    @Test
    @DisplayName("once started, no other thread may touch connections, not even the one that built the loop")
    void belongsToItsThread() throws Exception {
        Client inside = loop.accept(client);
        Connection connection = inside.connection();
        assertThat(start().getName()).isEqualTo("event-loop");
        assertRefused(() -> eventLoop.addEvent(connection, SelectionKey.OP_READ));
        assertRefused(() -> eventLoop.removeEvent(connection, SelectionKey.OP_READ));
        assertRefused(() -> eventLoop.clients().close(inside, "test"));
        assertThat(inside.hasLeft()).isFalse();
    }

    private static void assertRefused(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only thread event-loop may do this, not "
                        + Thread.currentThread().getName());
    }

    @Test
    @DisplayName("close ends the thread and closes every connection and the Selector")
    void closesEverything() throws Exception {
        Client inside = loop.accept(client);
        Selector selector = inside.connection().key().selector();
        Thread thread = start();
        eventLoop.close();
        assertThat(thread.isAlive()).as("the loop's thread lives on").isFalse();
        assertThat(selector.isOpen()).isFalse();
        assertThat(inside.hasLeft()).isTrue();
        assertThat(client.receiveEnd()).isZero();
        assertThat(log.texts(Level.FINE)).contains(inside + ": closed: the server has stopped");
        assertPortIsFree(loop);
    }

    @Test
    @DisplayName("close wakes the loop that waits, and ends it")
    void wakesTheLoop() throws Exception {
        Thread thread = start();
        Await.until("the loop waits", () -> isIn(thread, "SelectorImpl.select("));
        eventLoop.close();
        Await.until("the loop's thread ends", () -> !thread.isAlive());
    }

    @Test
    @DisplayName("close returns when the thread has ended, not before")
    void waitsForTheThread() throws Exception {
        Thread closing = Thread.currentThread();
        loop.sink = (from, messages) -> { // holds the thread up until close waits for it
            threads.add(Thread.currentThread());
            while (!isIn(closing, "java.lang.Thread.join(") && !over) {
                Thread.onSpinWait();
            }
        };
        eventLoop.start();
        client.send(Packets.ping());
        Thread thread = TestLoop.next(threads);
        eventLoop.close();
        assertThat(thread.isAlive()).as("the loop's thread lives on").isFalse();
    }

    @Test
    @DisplayName("a loop that wakes before close goes on finds the flag, and does not wait again")
    void setsTheFlagBeforeItWakes() throws Exception {
        AtomicInteger waits = new AtomicInteger();
        AtomicBoolean waitedAgain = new AtomicBoolean();
        EventLoop wakesAtOnce = new EventLoop(List.of(), 1, (from, messages) -> {}, new ClientWarnings(() -> 0)) {
            @Override
            void processEvents(long timer) throws IOException {
                waits.incrementAndGet();
                super.processEvents(10);
            }

            @Override
            void closePorts() { // at its end
                over = true;
                super.closePorts();
            }

            @Override
            void wakeUp() {
                super.wakeUp();
                int before = waits.get();
                while (waits.get() == before && !over) {
                    Thread.onSpinWait();
                }
                waitedAgain.set(!over);
            }
        };
        wakesAtOnce.start();
        wakesAtOnce.close();
        assertThat(waitedAgain).as("waited again, after the wakeup").isFalse();
    }

    private static boolean isIn(Thread thread, String call) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.toString().contains(call));
    }

    @Test
    @DisplayName("an event is added to those that are watched already, and taken off without the others")
    void keepsTheOtherEvents() throws Exception {
        Connection connection = new Connection(7);
        connection.open(SocketChannel.open().configureBlocking(false), "test");
        eventLoop.addEvent(connection, SelectionKey.OP_READ);
        eventLoop.addEvent(connection, SelectionKey.OP_WRITE);
        assertThat(connection.key().interestOps()).as("1 read, 4 write").isEqualTo(5);
        eventLoop.removeEvent(connection, SelectionKey.OP_READ);
        assertThat(connection.key().interestOps()).as("1 read, 4 write").isEqualTo(4);
    }

    @Test
    @DisplayName("a loop whose thread was never started gives its ports and its Selector back, whoever closes it")
    void givesThePortsBack() throws Exception {
        Connection port = loop.ports().get(0);
        Selector selector = port.key().selector();
        Thread closing = new Thread(eventLoop::close);
        closing.start();
        closing.join();
        assertThat(selector.isOpen()).as("the Selector is open").isFalse();
        assertThat(port.channel()).as("the port's place is free").isNull();
        assertPortIsFree(loop);
    }

    @Test
    @DisplayName("an Error in a handler ends the thread, but ports, clients and Selector are closed first")
    void closesEverythingAfterAnError() throws Exception {
        Error severe = new StackOverflowError("on purpose");
        BlockingQueue<Throwable> deaths = new LinkedBlockingQueue<>();
        Client inside = loop.accept(client);
        Selector selector = inside.connection().key().selector();
        Thread thread = start();
        thread.setUncaughtExceptionHandler((dead, cause) -> deaths.add(cause));
        loop.sink = (from, messages) -> {
            throw severe;
        };
        client.send(Packets.ping());
        assertThat(TestLoop.next(deaths)).isSameAs(severe);
        assertThat(selector.isOpen()).as("the Selector is open").isFalse();
        assertThat(inside.hasLeft()).isTrue();
        assertThat(client.receiveEnd()).isZero();
        assertPortIsFree(loop);
    }

    private static void assertPortIsFree(TestLoop closedLoop) throws IOException {
        int port = closedLoop.addresses().get(0).getPort();
        ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(port), 1)
                .close();
    }
}
