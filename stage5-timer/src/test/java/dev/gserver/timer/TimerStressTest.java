package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.Trace;
import dev.gserver.epoll.ClientWarnings;
import dev.gserver.epoll.CloseRequest;
import dev.gserver.epoll.Connection;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import dev.gserver.threadpool.MessageHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients come and go while they fall due, and workers note pings. The test's thread plays the event loop's. The
 * interval is so short that the timer's thread is at work nearly all the time. For more rounds:
 * {@code -Dtest=TimerStressTest -Dgserver.stress=100}.
 */
@Timeout(60)
class TimerStressTest {
    private record Client(Connection connection, long sequence) {
        Client(Connection connection) {
            this(connection, connection.sequence());
        }

        boolean hasLeft() {
            return connection.isStale(sequence);
        }
    }

    private static final int CLIENTS = 60;
    private static final int WORKERS = 2;
    private static final int STEPS = 1_000;
    private static final int MOST_CHANGES = 20; // of clients in each step
    private static final int INTERVAL = 50_000; // nanoseconds
    private static final long ALLOWED = 3L * INTERVAL;

    private final LogRecorder log = new LogRecorder();
    private final List<TimerMonitor> monitors = new ArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final List<Client> clients = new ArrayList<>();
    private final Map<Client, Long> openedAt = new ConcurrentHashMap<>(); // all clients there ever were
    private final Set<Client> pinging = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Client> requests = new LinkedBlockingQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @AfterEach
    void close() {
        Trace.listen(null);
        workers.shutdown();
        monitors.forEach(TimerMonitor::close);
        log.close();
    }

    /** The test moves the clock, by at most an interval, and not before everybody who pings has done so. */
    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("who pings in time is never kicked, who is silent always is and not too early, whoever comes and goes")
    void kicksOnlyTheSilent(int round) throws Exception {
        Random random = new Random(round);
        AtomicLong clock = new AtomicLong();
        CloseRequest request = (connection, sequence, reason) -> {
            Client client = new Client(connection, sequence);
            if (pinging.contains(client) && !client.hasLeft()) {
                faults.add(client + " is kicked, but pings");
            }
            noteRequest(client, clock::get);
        };
        monitors.add(new TimerMonitor(CLIENTS + 1, Duration.ofNanos(INTERVAL), check(INTERVAL, request), clock::get));
        startAndConnect(random, clock::get);
        for (int i = 0; i < STEPS; i++) {
            step(random, clock::get);
            clock.addAndGet(1 + random.nextInt(INTERVAL));
        }

        clients.stream().filter(pinging::contains).forEach(this::leave);
        clock.addAndGet(ALLOWED + INTERVAL);
        awaitAll(clients.stream().filter(client -> !client.hasLeft()).toList());
        clients.forEach(this::leave);
        checkNobodyIsLeft(clock::get, () -> clock.addAndGet(ALLOWED + INTERVAL));
        checkEnd();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("with the real clock: nobody is kicked too early, or for somebody else, or when there is a day's time")
    void goesByTheRealClock(int round) throws Exception {
        Random random = new Random(round);
        CloseRequest request =
                (connection, sequence, reason) -> noteRequest(new Client(connection, sequence), System::nanoTime);
        CloseRequest never = (connection, sequence, reason) -> faults.add(connection + " has a day's time");
        long day = Duration.ofDays(1).toNanos();
        monitors.add(new TimerMonitor(CLIENTS + 1, Duration.ofNanos(INTERVAL), check(INTERVAL, request)));
        monitors.add(new TimerMonitor(CLIENTS + 1, Duration.ofNanos(day), check(day, never)));
        startAndConnect(random, System::nanoTime);
        for (int i = 0; i < STEPS; i++) {
            step(random, System::nanoTime);
        }

        clients.forEach(this::leave);
        checkNobodyIsLeft(System::nanoTime, () -> {});
        checkEnd();
    }

    private static HeartbeatCheck check(long interval, CloseRequest closeRequest) {
        return new HeartbeatCheck(Duration.ofNanos(interval), closeRequest, new ClientWarnings(() -> 0));
    }

    private void noteRequest(Client client, LongSupplier clock) {
        Long opened = openedAt.get(client);
        if (opened == null) {
            faults.add("never opened: " + client);
        } else if (clock.getAsLong() - opened <= ALLOWED) {
            faults.add("kicked too early: " + client);
        }
        requests.add(client);
    }

    private void startAndConnect(Random random, LongSupplier clock) {
        monitors.forEach(TimerMonitor::start);
        for (int index = 0; index < CLIENTS; index++) {
            clients.add(enter(Connections.open(index, "client-" + index), random.nextBoolean(), clock));
        }
    }

    /** While workers note pings, some clients leave, among them those that are to be closed, and others come. */
    private void step(Random random, LongSupplier clock) throws Exception {
        List<Future<?>> work = ping();
        for (int left = random.nextInt(MOST_CHANGES); left > 0; left--) {
            replace(clients.get(random.nextInt(CLIENTS)), random, clock);
        }
        Client client;
        while ((client = requests.poll()) != null) {
            if (!client.hasLeft()) {
                replace(client, random, clock);
            }
        }
        for (Future<?> worker : work) {
            worker.get();
        }
    }

    /** Has the workers note a ping of everybody who pings. */
    private List<Future<?>> ping() {
        MessageHandler handler = Optional::of;
        for (TimerMonitor monitor : monitors) {
            handler = monitor.notingPings(handler);
        }
        MessageHandler noting = handler;
        List<Message> pings = clients.stream()
                .filter(pinging::contains)
                .map(client -> Connections.message(client.connection(), 0))
                .toList();
        List<Future<?>> work = new ArrayList<>();
        for (int from = 0; from < WORKERS; from++) {
            int first = from;
            work.add(workers.submit(() -> {
                for (int i = first; i < pings.size(); i += WORKERS) {
                    noting.handle(pings.get(i));
                }
            }));
        }
        return work;
    }

    private void replace(Client client, Random random, LongSupplier clock) {
        leave(client);
        Connection connection = client.connection();
        Connections.reopen(connection, "next-client-" + connection.index());
        clients.set(connection.index(), enter(connection, random.nextBoolean(), clock));
    }

    private Client enter(Connection connection, boolean pings, LongSupplier clock) {
        Client client = new Client(connection);
        if (pings) {
            pinging.add(client);
        }
        openedAt.put(client, clock.getAsLong());
        monitors.forEach(monitor -> monitor.opened(connection));
        return client;
    }

    private void leave(Client client) {
        if (!client.hasLeft()) {
            Connections.free(client.connection());
            monitors.forEach(monitor -> monitor.closed(client.connection()));
        }
    }

    private void awaitAll(List<Client> silent) throws InterruptedException {
        Set<Client> left = new HashSet<>(silent);
        while (!left.isEmpty()) {
            left.remove(awaitRequest());
        }
    }

    private Client awaitRequest() throws InterruptedException {
        Client client = requests.poll(8, TimeUnit.SECONDS);
        assertThat(client).as("the next who is kicked; faults: " + faults).isNotNull();
        return client;
    }

    /**
     * One more client comes and is kicked. Before that, the timer's thread may still be busy with those it took before
     * they left; after that, the new one is the only one that is checked, time and again.
     */
    private void checkNobodyIsLeft(LongSupplier clock, Runnable passTime) throws InterruptedException {
        Client last = enter(Connections.open(CLIENTS, "last"), false, clock);
        passTime.run();
        while (!awaitRequest().equals(last)) {}
        BlockingQueue<String> checks = new LinkedBlockingQueue<>();
        Trace.listen(step -> {
            if (step.id().equals("ServerTimerQueueMonitorThread.1-2")) {
                checks.add(step.what());
            }
        });
        for (int i = 0; i < 4; i++) {
            passTime.run();
            assertThat(checks.poll(8, TimeUnit.SECONDS))
                    .as("who is in the queue")
                    .contains("(last)");
        }
        Trace.listen(null);
        leave(last);
    }

    private void checkEnd() {
        monitors.forEach(TimerMonitor::close);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("timer");
        assertThat(faults).isEmpty();
    }
}
