package dev.gserver.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.Await;
import dev.gserver.TraceRecorder;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A take waits without end, interrupted or not; so each test has a thread that can be given up. The mutex is watched, so
 * that what may come between two steps comes there each time.
 */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceiveQueueTest {
    private record Taken(Mailbox mailbox, List<Message> messages) {
        List<Integer> numbers() {
            return Numbered.numbers(messages);
        }
    }

    private static final int CODE = 9;

    private final ReceiveQueue queue = new ReceiveQueue(4);
    private final Client first = connect(0);
    private final Client second = connect(1);
    private WatchedLock mutex;

    @BeforeEach
    void watchMutex() throws ReflectiveOperationException {
        mutex = WatchedLock.putInto(queue);
    }

    @AfterEach
    void wakeTakers() {
        queue.close();
    }

    @Test
    @DisplayName(
            "gsx_wait_request_handler_proc_plast.2 inMsgRecvQueueAndSignal.1 inMsgRecvQueueAndSignal.2:"
                    + " what the event loop delivers is given to the thread pool: at the flush appended, then one thread is woken")
    void appendedThenOneWoken() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            arrive(first, 1, 1);
            assertThat(queue.messagesWaiting()).as("waits before it is flushed").isZero();
            queue.flush();
            queue.flush();
            assertThat(trace.ids(""))
                    .as("nothing more to flush")
                    .containsExactly(
                            "ThreadFunc.1",
                            "gsx_wait_request_handler_proc_plast.2",
                            "inMsgRecvQueueAndSignal.1",
                            "inMsgRecvQueueAndSignal.2");
            assertThat(taken.get().numbers()).containsExactly(1);
        }
    }

    @Test
    @DisplayName(
            "inMsgRecvQueueAndSignal.1: 2,048 messages that have gathered are put in, and do not wait for the next flush")
    void manyDoNotWait() {
        arrive(first, 1, 2047);
        assertThat(queue.messagesWaiting()).isZero();
        arrive(second, 2048, 2048);
        assertThat(queue.messagesWaiting()).isEqualTo(2048);
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: only one thread is woken for a message; the others go on waiting")
    void onlyOneIsWoken() throws Exception {
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        try (TraceRecorder trace = new TraceRecorder()) {
            startTakers(10, taken, trace);
            mutex.lock();
            deliver(first, 1, 1);
            int waiting = mutex.waiting();
            mutex.unlock();
            assertThat(waiting).as("of ten threads, those that go on waiting").isEqualTo(9);
            assertThat(taken.take().numbers()).containsExactly(1);
        }
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: whoever is woken finds the message: nobody gets in between the two")
    void nobodyComesBetweenAppendAndSignal() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            mutex.whenFree(() -> {
                while (!taken.isDone() && trace.steps("ThreadFunc.1").size() < 2) {
                    Thread.onSpinWait(); // until the woken one has what it was woken for, or waits again
                }
            });
            deliver(first, 1, 1);
            assertThat(taken.get().numbers()).containsExactly(1);
            assertThat(trace.steps("ThreadFunc.1")).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "ThreadFunc.1: a thread looks and begins to wait in one step: nothing is delivered in between, and lost")
    void nothingComesBetweenLookAndWait() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = inThread(() -> {
                mutex.whenFree(() -> deliver(first, 7, 7)); // before it waits, if look and wait are two steps
                return take();
            });
            trace.await("ThreadFunc.1", 1);
            Await.until("the thread to wait", () -> taken.isDone() || mutex.isAwaited());
            mutex.whenFree(() -> {}); // it waits: only one thread delivers
            deliver(first, 8, 8);
            assertThat(taken.get().numbers()).containsExactly(8);
        }
    }

    @Test
    @DisplayName("ThreadFunc.1: a thread looks when it has the mutex, not before: what comes until then is not missed")
    void looksUnderTheMutex() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = inThread(() -> {
                mutex.whenAsked(() -> deliver(first, 7, 7));
                return take();
            });
            Await.until(
                    "the thread to take it, or to wait",
                    () -> taken.isDone() || !trace.ids("ThreadFunc.1").isEmpty());
            assertThat(trace.ids("ThreadFunc.1"))
                    .as("waits, with a message in the list")
                    .isEmpty();
            assertThat(taken.get().numbers()).containsExactly(7);
        }
    }

    @Test
    @DisplayName("ThreadFunc.1: a thread that is woken, and finds that another was faster, waits again")
    void waitsAgainWhenAnotherWasFaster() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> woken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            mutex.lock();
            deliver(first, 1, 1);
            Taken faster = take();
            mutex.unlock();
            assertThat(faster.numbers()).containsExactly(1);
            trace.await("ThreadFunc.1", 2);
            assertThat(woken).isNotDone();
            deliver(second, 2, 2);
            assertThat(woken.get().numbers()).containsExactly(2);
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
    @DisplayName("a client stands in the ready list at most once, however often it is read from")
    void readyOnce() throws Exception {
        arrive(first, 1, 2);
        deliver(first, 3, 3);
        deliver(first, 4, 4);
        assertThat(take().numbers()).containsExactly(1, 2, 3, 4);
        assertNothingReady();
    }

    @Test
    @DisplayName("inMsgRecvQueueAndSignal.2: one signal for all that is put in; who takes wakes the next, up to as"
            + " many as there is work for")
    void theWokenWakesTheNext() throws Exception {
        BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
        try (TraceRecorder trace = new TraceRecorder()) {
            startTakers(4, taken, trace);
            arrive(first, 0, 0);
            arrive(second, 1, 1);
            deliver(connect(2), 2, 2);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Taken next = taken.poll(8, TimeUnit.SECONDS);
                assertThat(next).as("work for three, taken by " + i).isNotNull();
                numbers.addAll(next.numbers());
            }
            assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(trace.steps("inMsgRecvQueueAndSignal.2")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a client with more than 64 messages goes back to the end, behind the others")
    void batchesOf64() {
        deliver(first, 1, 65);
        deliver(second, 100, 100);
        Taken batch = take();
        giveBack(batch);
        assertThat(batch.numbers()).isEqualTo(Numbered.range(1, 64));
        assertThat(take().numbers()).containsExactly(100);
        assertThat(take().numbers()).containsExactly(65);
    }

    @Test
    @DisplayName("what arrives while a worker has the mailbox waits until it is given back")
    void arrivesMeanwhile() throws Exception {
        deliver(first, 1, 1);
        Taken taken = take();
        deliver(first, 2, 3);
        assertNothingReady();
        giveBack(taken);
        assertThat(take().numbers()).containsExactly(2, 3);
    }

    @Test
    @DisplayName("a mailbox is given back in one step: a message that comes as soon as others may is not lost")
    void nothingComesIntoAGiveBack() {
        deliver(first, 1, 1);
        Taken taken = take();
        mutex.whenFree(() -> deliver(first, 2, 2));
        giveBack(taken);
        assertThat(take().numbers()).containsExactly(2);
    }

    @Test
    @DisplayName("messages wait, are in hand, and are done; those of a client that leaves wait no more")
    void counts() {
        deliver(first, 1, 65);
        deliver(second, 66, 67);
        assertCounts(67, 0, 0);
        Taken batch = take();
        assertCounts(3, 0, 1);
        leave(first);
        leave(second);
        assertCounts(0, 0, 1);
        giveBack(batch);
        assertCounts(0, 64, 0);
    }

    @Test
    @DisplayName("a client that leaves is not kept in the ready list: with all workers busy it would fill")
    void keepsNobodyWhoHasLeft() throws Exception {
        deliver(first, 1, 1);
        deliver(second, 2, 2);
        leave(first);
        assertThat(take().numbers()).containsExactly(2);
        assertNothingReady();
    }

    @Test
    @DisplayName("requests are on their client's account until they are handled, or thrown away as it leaves")
    void releasesWhatIsDone() {
        List<Boolean> locked = new ArrayList<>(); // each time that an account has come to nothing
        int each = Numbered.message(first, CODE, 1).heapBytes();
        Client asking = connect(Connections.ended(2, 2 * each, () -> locked.add(mutex.isHeldByCurrentThread())));
        Client leaving = connect(Connections.ended(3, each, () -> locked.add(mutex.isHeldByCurrentThread())));
        deliver(asking, 1, 2);
        deliver(leaving, 3, 3);
        Taken taken = take();
        assertThat(locked).as("emptied while a worker has the messages").isEmpty();
        giveBack(taken);
        assertThat(locked).as("emptied when they are handled, locked?").containsExactly(false);
        leave(leaving);
        assertThat(locked).as("and when a client leaves").containsExactly(false, false);
    }

    private void assertCounts(int waiting, int handled, int busy) {
        assertThat(List.of(queue.messagesWaiting(), queue.messagesHandled(), queue.workersBusy()))
                .as("waiting, handled, busy")
                .isEqualTo(List.of(waiting, (long) handled, busy));
    }

    @Test
    @DisplayName("a client leaves before the flush: its messages go with it, the next in its place gets its own")
    void leavesBeforeTheFlush() {
        arrive(first, 1, 1);
        arrive(second, 2, 2);
        arrive(replace(first), 3, 3);
        assertCounts(1, 0, 0);
        queue.flush();
        assertThat(take().numbers()).containsExactly(2);
        assertThat(take().numbers()).containsExactly(3);
    }

    @Test
    @DisplayName("giving back the former client's mailbox leaves the new client's alone")
    void formerMailboxGivenBack() throws Exception {
        deliver(first, 1, 1);
        Taken former = take();
        Client next = replace(first);
        deliver(next, 2, 2);
        Taken current = take();
        deliver(next, 3, 3);
        giveBack(former);
        assertNothingReady();
        giveBack(current);
        assertThat(take().numbers()).containsExactly(3);
    }

    @Test
    @DisplayName("closing wakes every waiting thread, with nothing, and nothing comes out afterwards, whatever waits")
    void closeWakesAll() throws Exception {
        try (TraceRecorder trace = new TraceRecorder()) {
            BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
            startTakers(2, taken, trace);
            queue.close();
            assertThat(taken.take().mailbox()).isNull();
            assertThat(taken.take().mailbox()).isNull();
        }
        deliver(first, 1, 1);
        assertThat(take().mailbox()).isNull();
    }

    private Client connect(int index) {
        return connect(Connections.client(index, "client-" + index));
    }

    private Client connect(Client client) {
        queue.opened(client);
        return client;
    }

    private void leave(Client client) {
        Connections.leave(client);
        queue.closed(client);
    }

    private Client replace(Client client) {
        leave(client);
        Client next = Connections.next(client, "next client");
        queue.opened(next);
        return next;
    }

    private void deliver(Client client, int firstNumber, int lastNumber) {
        arrive(client, firstNumber, lastNumber);
        queue.flush();
    }

    private void arrive(Client client, int firstNumber, int lastNumber) {
        queue.deliver(client, Numbered.messages(client, CODE, firstNumber, lastNumber));
    }

    private Taken take() {
        List<Message> batch = new ArrayList<>();
        Mailbox mailbox = queue.take(batch);
        return new Taken(mailbox, batch);
    }

    private void giveBack(Taken taken) {
        queue.giveBack(taken.mailbox(), taken.messages());
    }

    private void startTakers(int count, BlockingQueue<Taken> taken, TraceRecorder trace) throws Exception {
        for (int i = 0; i < count; i++) {
            takeInThread().thenAccept(taken::add);
        }
        trace.await("ThreadFunc.1", count);
    }

    private CompletableFuture<Taken> takeInThread() {
        return inThread(this::take);
    }

    private static <T> CompletableFuture<T> inThread(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, task -> new Thread(task, "taker").start());
    }

    /** Has a thread look for something, wait, and get the next thing that comes: a message of another client. */
    private void assertNothingReady() throws Exception {
        Client other = connect(3);
        try (TraceRecorder trace = new TraceRecorder()) {
            CompletableFuture<Taken> taken = takeInThread();
            trace.await("ThreadFunc.1", 1);
            deliver(other, -1, -1);
            assertThat(taken.get().numbers()).containsExactly(-1);
        }
    }
}
