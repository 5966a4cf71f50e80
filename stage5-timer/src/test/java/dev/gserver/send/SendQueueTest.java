package dev.gserver.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gserver.Await;
import dev.gserver.TraceRecorder;
import dev.gserver.common.ClientWarnings;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.FakeLoop;
import dev.gserver.epoll.Message;
import dev.gserver.memory.Memory;
import dev.gserver.threadpool.MessageDispatcher;
import dev.gserver.threadpool.ReceiveQueue;
import dev.gserver.threadpool.ThreadPool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue, the send thread and the write handler, driven by hand. */
@Timeout(30)
class SendQueueTest {
    private static final int PLENTY = 1_000_000;

    private final TraceRecorder trace = new TraceRecorder();
    private final TestSend send = new TestSend();
    private final Client client = send.open(3, 1_000);
    private final SlowChannel channel = send.channel(client);

    @AfterEach
    void close() {
        trace.close();
        send.close();
    }

    @Test
    @DisplayName("msgSend.1 msgSend.2: a client stands in the list once, however much is sent to it meanwhile")
    void standsInTheListOnce() {
        send.send(client, 0);
        send.send(client, 6);
        assertThat(trace.ids("msgSend")).containsExactly("msgSend.1", "msgSend.2", "msgSend.1");
        assertThat(send.queue.clientsToSendTo()).isEqualTo(1);
    }

    @Test
    @DisplayName(
            "msgSend.1 msgSend.2 ServerSendQueueThread.4 ServerSendQueueThread.5: the packet is appended, then the send"
                    + " thread is woken; sent directly, all of it, without a write event")
    void appendsThenSendsDirectly() {
        send.send(client, 0);
        assertThat(trace.ids("msgSend")).containsExactly("msgSend.1", "msgSend.2");
        send.turn();
        assertThat(trace.ids("ServerSendQueueThread"))
                .containsExactly("ServerSendQueueThread.4", "ServerSendQueueThread.5");
        assertThat(whatOf("ServerSendQueueThread.5")).singleElement().asString().endsWith("all sent");
        assertThat(send.loop.tasks).isEmpty();
    }

    @Test
    @DisplayName(
            "ServerSendQueueThread.5: that it waits for the write event is noted before that is asked for: else one"
                    + " that comes at once is taken for nobody's")
    void notesThatItWaitsBeforeItAsks() {
        channel.setRoom(5);
        send.send(client, 0);
        send.loop.whenTask = task -> {
            task.run();
            channel.setRoom(PLENTY);
            send.loop.writable(client);
        };
        send.turn();
        assertThat(channel.written()).as("what the event has sent").hasSize(8);
    }

    @Test
    @DisplayName("ServerSendQueueThread.3: while a write event drives the rest, the send thread leaves it alone")
    void leavesAFullSocketAlone() {
        channel.setRoom(5);
        send.send(client, 0);
        send.turn();
        channel.setRoom(PLENTY);
        send.send(client, 0);
        send.turn();
        assertThat(trace.ids("ServerSendQueueThread").get(2)).isEqualTo("ServerSendQueueThread.3");
        assertThat(channel.written()).hasSize(5);
        send.settle();
        assertThat(channel.written()).as("sent by the write event").hasSize(16);
    }

    @Test
    @DisplayName("ServerSendQueueThread.2: packets whose client has left are dropped")
    void dropsStalePackets() {
        send.send(client, 0);
        send.loop.leave(client);
        send.turn();
        assertThat(trace.ids("ServerSendQueueThread")).containsExactly("ServerSendQueueThread.2");
        assertThat(channel.writes()).isZero();
        send.queue.closed(client);
        assertThat(send.loop.memory.held()).isZero();
    }

    @Test
    @DisplayName("msgSend.1: an answer to a client that has left does not go to the next owner of its connection")
    void sendsNothingToTheNextOwner() {
        send.replace(client, 1_000);
        send.send(client, 0);
        assertThat(send.queue.clientsToSendTo()).as("clients in the send list").isZero();
    }

    @Test
    @DisplayName("a write event that a client had asked for is not added for the next owner of its connection")
    void keepsWriteEventsFromTheNextOwner() {
        channel.setRoom(5);
        send.send(client, 0);
        send.turn();
        send.replace(client, 1_000);
        send.loop.runTasks();
        assertThat(send.loop.writeEvents).isEmpty();
    }

    @Test
    @DisplayName("gsx_write_request_handler.1 gsx_write_request_handler.2 gsx_write_request_handler.3:"
            + " the rest is sent event by event, then the write event is taken off")
    void goesOnWithWriteEvents() {
        channel.setRoom(5);
        send.send(client, 0);
        send.turn();
        assertThat(whatOf("ServerSendQueueThread.5")).singleElement().asString().contains("part sent");
        send.loop.runTasks();
        channel.setRoom(2);
        send.loop.writable(client);
        assertThat(trace.ids("gsx_write"))
                .containsExactly("gsx_write_request_handler.1", "gsx_write_request_handler.2");
        assertThat(send.loop.writeEvents).containsExactly(client.connection());
        channel.setRoom(2);
        send.loop.writable(client);
        assertThat(trace.ids("gsx_write").subList(2, 4))
                .containsExactly("gsx_write_request_handler.1", "gsx_write_request_handler.3");
        assertThat(send.loop.writeEvents)
                .as("left on, it would fire all the time")
                .isEmpty();
        assertThat(channel.written()).containsExactly(0, 8, 0, 0, 0, 0, 0, 0);
    }

    @Test
    @DisplayName(
            "gsx_write_request_handler.2: a write event is one write, however much waits and fits: others wait too")
    void writesOnceForEachEvent() {
        channel.setRoom(0);
        for (int i = 0; i < 3; i++) {
            send.send(client, i, new byte[28_992]);
        }
        send.turn();
        send.loop.runTasks();
        channel.setRoom(PLENTY);
        send.loop.writable(client);
        assertThat(channel.written()).hasSize(2 * 29_000);
        send.loop.writable(client);
        assertThat(channel.written()).hasSize(3 * 29_000);
    }

    @Test
    @DisplayName(
            "a socket that is reported writable and takes nothing: the write event is taken off, else it would fire all the"
                    + " time; it is asked for again after a pause, and all is sent")
    void pausesWhenNothingIsTaken() {
        channel.setRoom(0);
        send.send(client, 0);
        send.turn();
        for (int pauses = 1; pauses <= 2; pauses++) {
            send.loop.runTasks();
            assertThat(send.loop.writeEvents).containsExactly(client.connection());
            send.loop.writable(client);
            send.settle();
            assertThat(channel.writes()).isEqualTo(1 + pauses);
            assertThat(send.loop.writeEvents).isEmpty();
            send.loop.delayed.remove().run();
            assertThat(send.loop.delayed).isEmpty();
        }
        send.send(client, 0);
        send.turn();
        assertThat(channel.writes()).as("left to the write event").isEqualTo(3);
        channel.setRoom(PLENTY);
        send.settle();
        assertThat(channel.written()).hasSize(16);
    }

    @Test
    @DisplayName("a write event that nobody waits for any more is taken off; the packet is left to the send thread")
    void leavesTheChannelToTheSendThread() {
        send.send(client, 0);
        send.loop.writeEvents.add(client.connection());
        send.loop.writable(client);
        assertThat(send.loop.writeEvents).isEmpty();
        assertThat(channel.writes()).isZero();
        send.turn();
        assertThat(channel.written()).hasSize(8);
    }

    @Test
    @DisplayName("a client with more than a buffer waiting gets one turn, then the next client")
    void takesTurns() {
        channel.setRoom(PLENTY);
        Client other = send.open(4, 1_000);
        for (int i = 0; i < 3; i++) {
            send.send(client, 0, new byte[28_992]);
        }
        send.send(other, 0);
        send.turn();
        assertThat(channel.written()).hasSize(2 * 29_000);
        send.turn();
        assertThat(send.channel(other).written()).hasSize(8);
        send.turn();
        assertThat(channel.written()).hasSize(3 * 29_000);
        assertThat(send.queue.clientsToSendTo()).isZero();
    }

    @Test
    @DisplayName("a client that cannot be written to is lost, without a warning, and what waits for it dropped")
    void closesBrokenClient() {
        channel.failWith(new IOException("Broken pipe"));
        send.send(client, 0);
        send.turn();
        send.send(client, 0);
        assertThat(send.loop.lost).containsExactly("client-3: Broken pipe");
        assertThat(send.loop.warned).isEmpty();
        assertThat(send.queue.bytesPending()).as("bytes that still wait for it").isZero();
    }

    @Test
    @DisplayName(
            "a packet is appended and its outbox put into the list in one step: whenever the send thread lets go of"
                    + " the outbox meanwhile, somebody looks at it again")
    void appendsAndEntersInOneStep() {
        Runnable[] between = {() -> {}};
        TestSend own = new TestSend(new FakeLoop(new Memory(PLENTY, PLENTY) {
            @Override
            public void add(long bytes) {
                between[0].run();
            }
        }));
        Client mine = own.open(1, 1_000);
        own.send(mine, 0);
        between[0] = () -> {
            while (own.queue.clientsToSendTo() > 0) {
                own.turn();
            }
        };
        own.send(mine, 6);
        own.settle();
        assertThat(own.channel(mine).written()).hasSize(16);
        own.close();
    }

    @Test
    @DisplayName("a request is on the account until its answer is: a client that has ended its side is not due between")
    void raisesAnswersBeforeItLowersRequests() throws Exception {
        ReceiveQueue requests = new ReceiveQueue(64);
        MessageDispatcher dispatcher = new MessageDispatcher(new ClientWarnings(() -> 0));
        dispatcher.register(0, 0, (request, answers) -> answers.send(request));
        try (ThreadPool threadPool = new ThreadPool(1, requests, dispatcher, send.queue)) {
            requests.opened(client);
            Message request = TestSend.packet(client, 0);
            client.holdRequests(request.heapBytes());
            send.loop.endInput(client);
            requests.deliver(client, List.of(request));
            requests.flush();
            threadPool.start();
            trace.await("ThreadFunc.1", 1); // it has nothing left to do
        }
        assertThat(send.loop.memory.held()).as("its answer").isEqualTo(64);
        assertThat(send.loop.due).as("due before it is answered").isEmpty();
        send.turn();
        assertThat(send.loop.due).containsExactly(client);
    }

    @Test
    @DisplayName(
            "ServerSendQueueThread.1: first the list, then the semaphore: what is not in the list opens it for nobody,"
                    + " and whoever passes finds an outbox")
    void findsAnOutboxBehindTheSemaphore() throws Exception {
        assertThatThrownBy(() -> send.queue.post(null)).isInstanceOf(NullPointerException.class); // by the list
        send.send(client, 0);
        Outbox outbox = send.take();
        assertThat(outbox).isSameAs(send.outbox(client));
        FutureTask<Outbox> taking = new FutureTask<>(send.queue::take);
        Thread taker = new Thread(taking);
        taker.start();
        Await.until("a taker that waits", () -> taker.getState() == Thread.State.WAITING || taking.isDone());
        assertThat(taking).as("lets pass though the list is empty").isNotDone();
        send.queue.post(outbox);
        assertThat(taking.get()).isSameAs(outbox);
        send.queue.close();
        assertThat(send.take()).as("taken after close").isNull();
    }

    @Test
    @DisplayName(
            "ServerSendQueueThread.1 send.guide: one thread, called send, waits at the semaphore, passes it once for"
                    + " each outbox, does all the sending, and is gone after close")
    void sendsWithOneThread() throws Exception {
        send.thread.start();
        for (int index = 4; index < 9; index++) {
            send.send(send.open(index, 1_000), 0);
        }
        trace.await("ServerSendQueueThread.5", 5);
        send.thread.close();
        assertThat(trace.steps("ServerSendQueueThread.1")).hasSize(5);
        assertThat(trace.steps("ServerSendQueueThread.4"))
                .extracting(Trace.Step::thread)
                .containsOnly("send");
        assertThat(trace.steps("send.guide")).hasSize(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("send");
    }

    private List<String> whatOf(String id) {
        return trace.steps(id).stream().map(Trace.Step::what).toList();
    }
}
