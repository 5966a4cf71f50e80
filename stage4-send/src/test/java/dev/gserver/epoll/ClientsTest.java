package dev.gserver.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gserver.Await;
import dev.gserver.LogRecorder;
import dev.gserver.Packets;
import dev.gserver.TestClient;
import dev.gserver.listen.ListeningSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lives of clients: let in, paused, at the end of their input, closed; and who is told, whatever fails. */
class ClientsTest {
    private static final int LAYERS = 3;
    private static final int TOO_MUCH = Client.MOST_REQUEST_BYTES + 1;

    /** Notes what it is told, and then fails if it is to. */
    private final class RecordingLayer implements Layer {
        private final int number;

        RecordingLayer(int number) {
            this.number = number;
        }

        @Override
        public void opened(Client client) {
            note("opened", client);
        }

        @Override
        public void closed(Client client) {
            note("closed", client);
            sawItGone.compareAndSet(true, client.hasLeft());
        }

        private void note(String what, Client client) {
            told.add(number + " " + what + " " + client.peer());
            if (failsAt.equals(number + " " + what) && failure instanceof Error error) {
                throw error;
            } else if (failsAt.equals(number + " " + what)) {
                throw (RuntimeException) failure;
            }
        }
    }

    private final LogRecorder log = new LogRecorder();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean sawItGone = new AtomicBoolean(true);
    private volatile String failsAt = "nowhere";
    private volatile Throwable failure;
    private TestLoop loop;
    private Clients clients;
    private TestClient client;
    private Client inside;

    @BeforeEach
    void letAClientIn() throws IOException {
        loop = new TestLoop();
        clients = loop.eventLoop.clients();
        IntStream.range(0, LAYERS).forEach(number -> clients.addLayer(new RecordingLayer(number)));
        client = loop.connect();
        inside = loop.accept(client);
        loop.keepsRequests = true;
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        loop.close();
        log.close();
    }

    private void failAt(int layer, String what, Throwable newFailure) {
        failure = newFailure;
        failsAt = layer + " " + what;
    }

    static Stream<Arguments> faults() {
        return IntStream.range(0, LAYERS)
                .boxed()
                .flatMap(layer -> Stream.of(
                        arguments(layer, new IllegalStateException("on purpose")),
                        arguments(layer, new StackOverflowError("on purpose"))));
    }

    private static List<String> lines(String peer, String... what) {
        return Arrays.stream(what).map(each -> each + " " + peer).toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("a layer fails when a client comes: it alone is closed, and those told before are told that, once")
    void survivesAFaultInOpened(int layer, Throwable fault) throws Exception {
        failAt(layer, "opened", fault);
        told.clear();
        try (TestClient second = loop.connect()) {
            String peer = "127.0.0.1:" + second.port();
            loop.processUntil(() -> loop.closed.size() == 1);
            assertThat(second.receiveEnd()).isZero();
            List<String> expected = new ArrayList<>();
            IntStream.rangeClosed(0, layer).forEach(number -> expected.add(number + " opened " + peer));
            IntStream.range(0, layer).forEach(number -> expected.add(number + " closed " + peer));
            assertThat(told).isEqualTo(expected);
        }
        assertOneFaultIsLogged();
        assertThat(clients.count()).isEqualTo(1);
        assertOthersGoOn();
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("a layer fails when a client leaves: the others are told all the same, once each")
    void survivesAFaultInClosed(int layer, Throwable fault) throws Exception {
        failAt(layer, "closed", fault);
        told.clear();
        try (TestClient second = loop.connect()) {
            String peer = loop.accept(second).peer();
            second.reset();
            loop.processUntil(() -> loop.closed.size() == 1);
            assertThat(told)
                    .isEqualTo(lines(peer, "0 opened", "1 opened", "2 opened", "0 closed", "1 closed", "2 closed"));
            assertThat(sawItGone).as("who is told sees that it has left").isTrue();
        }
        assertOneFaultIsLogged();
        assertOthersGoOn();
    }

    private void assertOneFaultIsLogged() {
        assertThat(log.records())
                .filteredOn(record -> record.getLevel() == Level.SEVERE)
                .singleElement()
                .satisfies(record -> assertThat(record.getThrown()).isSameAs(failure));
    }

    /** The port lets clients in, and who was in before is still served. */
    private void assertOthersGoOn() throws Exception {
        failsAt = "nowhere";
        client.send(Packets.packet(7));
        loop.processUntil(() -> !loop.received.isEmpty());
        assertThat(loop.received.remove().client()).isSameAs(inside);
        try (TestClient next = loop.connect()) {
            Client nextInside = loop.accept(next);
            next.send(Packets.packet(8));
            loop.processUntil(() -> !loop.received.isEmpty());
            assertThat(loop.received.remove().client()).isSameAs(nextInside);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    @DisplayName("a layer fails for every client during a stop: drain and close end, all are closed, all layers told")
    void stopsInSpiteOfFaults(int layer, Throwable fault) throws Exception {
        try (TestClient second = loop.connect();
                TestClient busy = loop.connect()) {
            List<Client> left = List.of(inside, loop.accept(second), loop.accept(busy));
            left.get(2).holdRequests(1);
            failAt(layer, "closed", fault);
            told.clear();
            loop.eventLoop.start();
            client.closeAtEnd();
            second.closeAtEnd();
            clients.drain(Duration.ofMillis(1));
            Await.until("the end of all but the busy one", () -> clients.count() == 1);
            loop.eventLoop.close();
            assertThat(left).allMatch(Client::hasLeft);
            List<String> expected = new ArrayList<>();
            left.forEach(each -> expected.addAll(lines(each.peer(), "0 closed", "1 closed", "2 closed")));
            assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(clients.count()).isZero();
        }
        int port = loop.addresses().get(0).getPort();
        ListeningSockets.open(InetAddress.getLoopbackAddress(), List.of(port), 1)
                .close();
    }

    @Test
    @DisplayName("a client that ends its side is closed when all that was received is handled, not before")
    void closesWhenAllIsHandled() throws Exception {
        client.send(Packets.packet(1), Packets.packet(2)).endOutput();
        loop.processUntil(inside::inputHasEnded);
        runTasks();
        assertThat(loop.received).extracting(Message::code).containsExactly(1, 2);
        inside.releaseRequests(loop.received.remove().heapBytes());
        runTasks();
        assertThat(inside.hasLeft()).as("one is not handled").isFalse();
        inside.releaseRequests(loop.received.remove().heapBytes());
        runTasks();
        assertThat(inside.hasLeft()).isTrue();
        assertThat(client.receiveEnd()).isZero();
        assertThat(log.texts(Level.FINE)).contains(inside + ": closed: all dealt with");
    }

    private void runTasks() {
        loop.eventLoop.runTasks();
    }

    @Test
    @DisplayName("input ends once, for the reason that came first, and is not read from again")
    void endsInputOnce() throws Exception {
        inside.holdRequests(TOO_MUCH);
        clients.endInput(inside, "first");
        clients.endInput(inside, "second");
        inside.releaseRequests(TOO_MUCH - 1); // enough to be read from again, if it were not for its end
        runTasks();
        assertThat(inside.hasLeft()).isFalse();
        assertThat(isReadFrom(inside)).isFalse();
        assertThat(log.texts(Level.FINE))
                .filteredOn(text -> text.contains(": input ended: "))
                .containsExactly(inside + ": input ended: first");
    }

    private static boolean isReadFrom(Client client) {
        return (client.connection().key().interestOps() & SelectionKey.OP_READ) != 0;
    }

    @Test
    @DisplayName("half a body is given back when input ends: nothing is left to wait for")
    void givesHalfABodyBack() throws Exception {
        client.send(Arrays.copyOf(Packets.packet(5, new byte[20_000]), 10_000));
        loop.processUntil(() -> inside.connection().assembler().heldBytes() > 0);
        client.endOutput();
        loop.processUntil(inside::hasLeft);
        assertThat(log.texts(Level.FINE)).contains(inside + ": closed: all dealt with");
    }

    /** The client holds too much, and has sent a packet of code 1, which the loop has not read. */
    private void pause() throws Exception {
        inside.holdRequests(TOO_MUCH);
        client.send(Packets.packet(1));
        TestLoop.awaitReadable(inside.connection());
        loop.processEvents();
        assertThat(loop.received).isEmpty();
    }

    @Test
    @DisplayName(
            "it is read from again when it holds half of the limit, whoever gives back, and then what waited is read")
    void readsWhatWaited() throws Exception {
        pause();
        loop.eventLoop.start();
        inside.releaseRequests(TOO_MUCH / 2 - 1);
        loop.roundTrip();
        assertThat(loop.received).isEmpty();
        inside.releaseRequests(2);
        assertThat(TestLoop.next(loop.received).code()).isEqualTo(1);
    }

    @Test
    @DisplayName("it was due, and is not any more when the loop looks: it is looked at again when it is")
    void looksAgain() throws Exception {
        pause();
        inside.releaseRequests(TOO_MUCH);
        inside.holdRequests(TOO_MUCH);
        runTasks();
        assertThat(isReadFrom(inside)).isFalse();
        inside.releaseRequests(TOO_MUCH);
        runTasks();
        assertThat(isReadFrom(inside)).isTrue();
    }

    @Test
    @DisplayName("what is given back for a client that has left does nothing to the one that has its place")
    void leavesTheNextOwnerAlone() throws Exception {
        pause();
        inside.releaseRequests(TOO_MUCH); // the loop is told, and has not looked
        clients.close(inside, "test");
        client.close();
        client = loop.connect();
        Client next = null;
        while (next == null) { // no tasks meanwhile
            loop.processEvents();
            next = inside.connection().client();
        }
        next.holdRequests(TOO_MUCH);
        clients.pauseReading(next);
        runTasks();
        assertThat(isReadFrom(next)).isFalse();
        clients.endInput(next, "test");
        inside.releaseRequests(1);
        runTasks();
        assertThat(next.hasLeft()).isFalse();
    }
}
