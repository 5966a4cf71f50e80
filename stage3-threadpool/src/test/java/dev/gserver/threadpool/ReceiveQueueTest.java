package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.EventLoop;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A take waits without end, interrupted or not; so each test has a thread that can be given up. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceiveQueueTest {
    private record Taken(Mailbox mailbox, List<Message> messages) {
        List<Integer> numbers() {
            return Numbered.numbers(messages);
        }
    }

    private static final int CODE = 9;
    private static final int EMPTY_MESSAGES_AT_HIGH_WATER = Mailbox.HIGH_WATER_BYTES / 64;

    private final EventLoop eventLoop = mock(EventLoop.class);
    private final ReceiveQueue queue = new ReceiveQueue(eventLoop, 4);
    private final Connection first = connect(0);
    private final Connection second = connect(1);

    @AfterEach
    void wakeTakers() {
        queue.close();
    }

    @Test
    @DisplayName("gsx_wait_request_handler_proc_plast.2: what the event loop delivers is given to the thread pool")
    void deliveredToThePool() {
        try (TraceRecorder trace = new TraceRecorder()) {
            deliver(first, 1, 1);

            assertThat(trace.ids(""))
                    .containsExactly(
                            "gsx_wait_request_handler_proc_plast.2",
                            "inMsgRecvQueueAndSignal.1",
                            "inMsgRecvQueueAndSignal.2");
        }
        assertThat(take().numbers()).containsExactly(1);
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.1 inMsgRecvQueueAndSignal.2: appended, then one thread is woken")
    void appendedThenOneWoken() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);

            deliver(first, 1, 1);

            assertThat(taken.get().numbers()).containsExactly(1);
            assertThat(trace.ids("inMsg")).containsExactly("inMsgRecvQueueAndSignal.1", "inMsgRecvQueueAndSignal.2");
        }
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: only one thread is woken for a message, none wakes in vain")
    void onlyOneIsWoken() throws Exception {
        int threads = 10;
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        try (TraceRecorder trace = new TraceRecorder()) {
            for (int i = 0; i < threads; i++) {
                takeInThread().thenAccept(taken::add);
            }
            trace.await("ThreadFunc.1", threads);
            for (int number = 1; number <= threads; number++) {
                deliver(first, number, number);
                Taken next = taken.take();
                assertThat(next.numbers()).containsExactly(number);
                queue.giveBack(next.mailbox());
            }
            assertThat(trace.steps("ThreadFunc.1")).hasSize(threads);
        }
    }

    @Test
    @DisplayName("ThreadFunc.1: a thread waits until something comes")
    void takeWaits() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            assertThat(taken).isNotDone();

            deliver(first, 7, 7);

            assertThat(taken.get().numbers()).containsExactly(7);
        }
    }

    @Test
    @DisplayName("an interrupt does not end the wait")
    void interruptDoesNotEndTheWait() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = inThread(() -> {
                Thread.currentThread().interrupt();
                return take();
            });
            trace.await("ThreadFunc.1", 1);

            deliver(first, 7, 7);

            assertThat(taken.get().numbers()).containsExactly(7);
        }
    }

    @Test
    @DisplayName("the messages are kept, not the list that they came in")
    void listIsNotKept() {
        List<Message> messages = new ArrayList<>(Numbered.messages(first, CODE, 1, 2));
        queue.deliver(first, messages);
        messages.clear();
        queue.flush();

        assertThat(take().numbers()).containsExactly(1, 2);
    }

    @Test
    @DisplayName("a connection stands in the ready list at most once, and one thread is woken for it")
    void readyOnce() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            deliver(first, 1, 2);
            deliver(first, 3, 3);
            deliver(second, 4, 4);

            assertThat(trace.steps("inMsgRecvQueueAndSignal.1")).hasSize(3);
            assertThat(trace.steps("inMsgRecvQueueAndSignal.2")).hasSize(2);
        }
        assertThat(take().numbers()).containsExactly(1, 2, 3);
        assertThat(take().numbers()).containsExactly(4);
        assertNothingReady();
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: one signal for all that a wait brought, when it has brought all")
    void oneSignalForAWait() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            queue.deliver(first, Numbered.messages(first, CODE, 1, 2));
            queue.deliver(second, Numbered.messages(second, CODE, 3, 3));
            queue.deliver(first, Numbered.messages(first, CODE, 4, 4));
            assertThat(trace.steps("inMsgRecvQueueAndSignal.2")).isEmpty();
            assertThat(queue.busy(first)).isTrue();

            queue.flush();
            queue.flush();
            assertThat(trace.steps("inMsgRecvQueueAndSignal.2")).hasSize(1);
        }
        assertThat(take().numbers()).containsExactly(1, 2, 4);
        assertThat(take().numbers()).containsExactly(3);
        assertNothingReady();
    }

    @Test
    @DisplayName("work for several threads wakes as many, each the next")
    void theWokenWakesTheNext() throws Exception {
        int threads = 3;
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        try (TraceRecorder trace = new TraceRecorder()) {
            for (int i = 0; i < threads; i++) {
                takeInThread().thenAccept(taken::add);
            }
            trace.await("ThreadFunc.1", threads);
            for (int i = 0; i < threads; i++) {
                Connection client = i == 0 ? first : connect(i);
                queue.deliver(client, Numbered.messages(client, CODE, i, i));
            }
            queue.flush();
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                numbers.addAll(taken.take().numbers());
            }
            assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    @DisplayName("a connection with more than 64 messages goes back to the end, behind the others")
    void batchesOf64() {
        deliver(first, 1, 65);
        deliver(second, 100, 100);

        Taken batch = take();
        queue.giveBack(batch.mailbox());

        assertThat(batch.numbers()).isEqualTo(Numbered.range(1, 64));
        assertThat(take().numbers()).containsExactly(100);
        assertThat(take().numbers()).containsExactly(65);
    }

    @Test
    @DisplayName("what arrives while a worker has the mailbox waits until it is given back")
    void arrivesMeanwhile() throws Exception {
        deliver(first, 1, 1);
        Mailbox mailbox = take().mailbox();

        deliver(first, 2, 3);
        assertNothingReady();
        queue.giveBack(mailbox);

        assertThat(take().numbers()).containsExactly(2, 3);
        verify(eventLoop, never()).workDone(any(), anyLong());
    }

    @Test
    @DisplayName("a mailbox given back empty is not ready any more, and ready again with the next message")
    void givenBackEmpty() throws Exception {
        deliver(first, 1, 1);
        queue.giveBack(take().mailbox());
        assertNothingReady();

        deliver(first, 2, 2);

        assertThat(take().numbers()).containsExactly(2);
    }

    @Test
    @DisplayName("the event loop is told that the work is done, when the mailbox is idle already")
    void workDoneAfterIdle() {
        List<Boolean> busyWhenTold = new ArrayList<>();
        doAnswer(call -> busyWhenTold.add(queue.busy(first))).when(eventLoop).workDone(any(), anyLong());
        deliver(first, 1, 1);

        queue.giveBack(take().mailbox());

        verify(eventLoop).workDone(first, first.sequence());
        assertThat(busyWhenTold).containsExactly(false);
    }

    @Test
    @DisplayName("a connection is busy from the first message waiting to the last one handled")
    void busy() {
        assertThat(queue.busy(first)).isFalse();

        deliver(first, 1, 65);
        assertThat(queue.busy(first)).as("waiting").isTrue();

        queue.giveBack(take().mailbox());
        assertThat(queue.busy(first)).as("one left").isTrue();

        Mailbox mailbox = take().mailbox();
        assertThat(queue.busy(first)).as("with a worker").isTrue();

        queue.giveBack(mailbox);
        assertThat(queue.busy(first)).as("all handled").isFalse();
        assertThat(queue.busy(second)).as("another connection").isFalse();
    }

    @Test
    @DisplayName("reading pauses once when more than the high-water mark waits")
    void pausesReading() {
        deliverEmpty(first, EMPTY_MESSAGES_AT_HIGH_WATER);
        verify(eventLoop, never()).pauseReading(any());

        deliverEmpty(first, 1);
        deliverEmpty(first, 1);
        verify(eventLoop).pauseReading(first);
    }

    @Test
    @DisplayName("reading goes on once when only half of the high-water mark is left")
    void resumesReading() {
        deliverEmpty(first, EMPTY_MESSAGES_AT_HIGH_WATER + 1);
        takeBatches(EMPTY_MESSAGES_AT_HIGH_WATER / 2 / ReceiveQueue.BATCH);
        verify(eventLoop, never()).resumeReading(any(), anyLong());

        takeBatches(2);
        verify(eventLoop).resumeReading(first, first.sequence());
    }

    @Test
    @DisplayName("a new client gets its own mailbox while a worker still has that of the former one")
    void ownMailboxForEachClient() {
        deliver(first, 1, 1);
        Mailbox former = take().mailbox();

        replaceClient(first);
        assertThat(queue.busy(first)).isFalse();
        deliver(first, 2, 2);

        Taken taken = take();
        assertThat(taken.mailbox()).isNotSameAs(former);
        assertThat(taken.mailbox().sequence()).isEqualTo(first.sequence());
        assertThat(taken.numbers()).containsExactly(2);
    }

    @Test
    @DisplayName("giving back the former client's mailbox leaves the new client's alone")
    void formerMailboxGivenBack() throws Exception {
        long formerSequence = first.sequence();
        deliver(first, 1, 1);
        Mailbox former = take().mailbox();
        replaceClient(first);
        deliver(first, 2, 2);
        Mailbox current = take().mailbox();
        deliver(first, 3, 3);

        queue.giveBack(former);

        verify(eventLoop).workDone(first, formerSequence);
        assertThat(queue.busy(first)).isTrue();
        assertNothingReady();
        queue.giveBack(current);
        assertThat(take().numbers()).containsExactly(3);
    }

    @Test
    @DisplayName("closing wakes every waiting thread, with nothing")
    void closeWakesAll() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> oneThread = takeInThread();
            CompletableFuture<Taken> otherThread = takeInThread();
            trace.await("ThreadFunc.1", 2);

            queue.close();

            assertThat(oneThread.get().mailbox()).isNull();
            assertThat(otherThread.get().mailbox()).isNull();
        }
    }

    @Test
    @DisplayName("once it is closed nothing comes out, whatever waits")
    void nothingAfterClose() {
        deliver(first, 1, 1);

        queue.close();

        assertThat(take().mailbox()).isNull();
    }

    private Connection connect(int index) {
        Connection connection = Connections.open(index, "client-" + index);
        queue.opened(connection);
        return connection;
    }

    private void replaceClient(Connection connection) {
        Connections.free(connection);
        queue.closed(connection);
        Connections.reopen(connection, "next client");
        queue.opened(connection);
    }

    private void deliver(Connection connection, int firstNumber, int lastNumber) {
        queue.deliver(connection, Numbered.messages(connection, CODE, firstNumber, lastNumber));
        queue.flush();
    }

    private void deliverEmpty(Connection connection, int count) {
        queue.deliver(connection, Collections.nCopies(count, Connections.message(connection, CODE)));
        queue.flush();
    }

    private Taken take() {
        List<Message> batch = new ArrayList<>();
        Mailbox mailbox = queue.take(batch);
        return new Taken(mailbox, batch);
    }

    private void takeBatches(int count) {
        for (int i = 0; i < count; i++) {
            queue.giveBack(take().mailbox());
        }
    }

    private CompletableFuture<Taken> takeInThread() {
        return inThread(this::take);
    }

    private static CompletableFuture<Taken> inThread(Supplier<Taken> action) {
        return CompletableFuture.supplyAsync(action, task -> new Thread(task, "taker").start());
    }

    /** Has a thread look for something, wait, and get the next thing that comes: a message on another connection. */
    private void assertNothingReady() throws Exception {
        Connection other = connect(3);
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            deliver(other, -1, -1);
            assertThat(taken.get().numbers()).containsExactly(-1);
        }
    }
}
