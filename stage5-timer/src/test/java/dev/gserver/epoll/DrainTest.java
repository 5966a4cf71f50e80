package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a loop comes to its end: no more clients, no more input, and each client closed when its work is done. */
class DrainTest {
    private static final Duration FOREVER = Duration.ofHours(1);

    private final LogRecorder log = new LogRecorder();
    private TestLoop loop;
    private Clients clients;
    private TestClient client;

    @BeforeEach
    void openLoop() throws IOException {
        loop = new TestLoop();
        clients = loop.eventLoop.clients();
        client = loop.connect();
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        loop.close();
        log.close();
    }

    private FutureTask<Void> startDraining(Duration grace) {
        FutureTask<Void> draining = new FutureTask<>(() -> clients.drain(grace), null);
        new Thread(draining).start();
        return draining;
    }

    private static void assertEnds(FutureTask<Void> draining) throws Exception {
        draining.get(TestLoop.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Test
    @DisplayName("it returns at once when nobody is connected, also the second time")
    void returnsAtOnceWithoutClients() throws Exception {
        loop.accept(client);
        client.close();
        loop.processUntil(() -> !loop.closed.isEmpty());
        loop.eventLoop.start();
        assertEnds(startDraining(FOREVER));
        assertEnds(startDraining(FOREVER));
    }

    @Test
    @DisplayName("it closes idle clients, and those in the middle of a body; layers hear of them, not of the ports")
    void closesIdleClients() throws Exception {
        try (TestClient second = loop.connect()) {
            Client inside = loop.accept(client);
            Client secondInside = loop.accept(second);
            loop.keepsRequests = true;
            second.send(Arrays.copyOf(Packets.packet(5, new byte[20_000]), 10_000));
            loop.processUntil(() -> secondInside.connection().assembler().heldBytes() > 0);
            loop.eventLoop.start();
            client.closeAtEnd();
            second.closeAtEnd();
            assertEnds(startDraining(FOREVER));
            assertThat(loop.closed).containsExactlyInAnyOrder(inside, secondInside);
        }
    }

    @Test
    @DisplayName("it waits for a client whose messages are in work, lets nobody in, and returns when they are handled")
    void waitsForWork() throws Exception {
        Client inside = loop.accept(client);
        inside.holdRequests(1);
        loop.eventLoop.start();
        FutureTask<Void> draining = startDraining(FOREVER);
        Await.until("the end of its input", inside::inputHasEnded);
        loop.roundTrip();
        assertThat(draining).isNotDone();
        assertThat(inside.hasLeft()).isFalse();
        assertThatThrownBy(loop::connect, "a client that comes now").isInstanceOf(ConnectException.class);
        client.closeAtEnd();
        inside.releaseRequests(1);
        assertEnds(draining);
        assertThat(loop.closed).containsExactly(inside);
    }

    @Test
    @DisplayName("clients that send on and on do not hold it up: nothing more is read from them")
    void readsNothingMore() throws Exception {
        Client inside = loop.accept(client);
        AtomicBoolean ended = new AtomicBoolean();
        Thread sender = new Thread(() -> {
            try {
                while (!ended.get()) {
                    client.send(Packets.ping());
                }
            } catch (IOException e) {
                ended.set(true); // closed by the server
            }
        });
        sender.start();
        loop.eventLoop.start();
        TestLoop.next(loop.received);
        FutureTask<Void> draining = startDraining(Duration.ofSeconds(1));
        Await.until("the end of its input", inside::inputHasEnded);
        loop.roundTrip();
        int before = loop.received.size();
        assertEnds(draining);
        loop.roundTrip();
        assertThat(loop.received).hasSize(before);
        loop.eventLoop.close();
        client.close();
        sender.join();
    }

    @Test
    @DisplayName("it gives up after its grace time; the client is still there, and read no more; close closes it")
    void givesUp() throws Exception {
        Client inside = loop.accept(client);
        inside.holdRequests(1);
        loop.eventLoop.start();
        long start = System.nanoTime();
        clients.drain(Duration.ofMillis(20));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        loop.roundTrip();
        assertThat(inside.hasLeft()).isFalse();
        client.send(Packets.ping());
        TestLoop.awaitReadable(inside.connection());
        loop.roundTrip();
        assertThat(loop.received).isEmpty();
        loop.eventLoop.close();
        assertThat(loop.closed).containsExactly(inside);
        client.receiveEnd();
        assertThat(log.texts(Level.FINE)).contains(inside + ": closed: the server has stopped");
    }
}
