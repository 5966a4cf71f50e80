package dev.gserver.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gserver.LogRecorder;
import dev.gserver.common.Trace;
import dev.gserver.epoll.Client;
import dev.gserver.epoll.Connections;
import dev.gserver.epoll.Message;
import dev.gserver.epoll.TestLoop;
import dev.gserver.threadpool.MessageHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final int CLIENTS = 60;
    private static final int WORKERS = 2;
    private static final int STEPS = 300;
    private static final int MOST_CHANGES = 20; // of clients in each step
    private static final int INTERVAL = 50_000; // nanoseconds
    private static final long ALLOWED = 3L * INTERVAL;

    private final LogRecorder log = new LogRecorder();
    private final TestLoop loop = new TestLoop(); // takes what the timer asks for, and does nothing about it
    private final AtomicLong clock = new AtomicLong();
    private final TimerMonitor monitor = new TimerMonitor(
            CLIENTS + 1, Duration.ofNanos(INTERVAL), new HeartbeatCheck(Duration.ofNanos(INTERVAL)), clock::get);
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Client> byName = new ConcurrentHashMap<>(); // all clients there ever were
    private final Map<Client, Long> openedAt = new ConcurrentHashMap<>();
    private final Set<Client> pinging = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Client> kicked = new LinkedBlockingQueue<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    TimerStressTest() throws IOException {}

    static IntStream rounds() {
        return IntStream.range(0, Integer.getInteger("gserver.stress", 1));
    }

    @AfterEach
    void close() {
        Trace.listen(null);
        workers.shutdown();
        monitor.close();
        loop.close();
        log.close();
    }

    /** The test moves the clock, by at most an interval, and not before everybody who pings has done so. */
    @ParameterizedTest
    @MethodSource("rounds")
    @DisplayName("who pings in time is never kicked, who is silent always is and not too early, whoever comes and goes")
    void kicksOnlyTheSilent(int round) throws Exception {
        Random random = new Random(round);
        startAndConnect(random);
        for (int i = 0; i < STEPS; i++) {
            step(random);
            clock.addAndGet(1 + random.nextInt(INTERVAL));
        }

        clients.stream().filter(pinging::contains).forEach(this::leave);
        clock.addAndGet(ALLOWED + INTERVAL);
        awaitAll(clients.stream().filter(client -> !client.hasLeft()).toList());
        checkEnd();
    }

    private void startAndConnect(Random random) {
        Trace.listen(step -> {
            if (step.id().equals("procPingTimeOutChecking.1")) {
                noteKick(byName.get(step.what().replaceAll(": kicked.*", "")), clock.get());
            }
        });
        monitor.start();
        for (int index = 0; index < CLIENTS; index++) {
            clients.add(enter(index, random.nextBoolean()));
        }
    }

    private void noteKick(Client client, long now) {
        if (pinging.contains(client) && !client.hasLeft()) {
            faults.add(client + " is kicked, but pings");
        }
        if (now - openedAt.get(client) <= ALLOWED) {
            faults.add("kicked too early: " + client);
        }
        kicked.add(client);
    }

    /** While workers note pings, some clients leave, among them those that were kicked, and others come. */
    private void step(Random random) throws Exception {
        List<Future<?>> work = ping();
        for (int left = random.nextInt(MOST_CHANGES); left > 0; left--) {
            replace(clients.get(random.nextInt(CLIENTS)), random);
        }
        Client client;
        while ((client = kicked.poll()) != null) {
            if (!client.hasLeft()) {
                replace(client, random);
            }
        }
        for (Future<?> worker : work) {
            worker.get();
        }
    }

    /** Has the workers note a ping of everybody who pings. */
    private List<Future<?>> ping() {
        MessageHandler noting = monitor.notingPings((request, answers) -> {});
        List<Message> pings = clients.stream()
                .filter(pinging::contains)
                .map(client -> Connections.message(client, 0))
                .toList();
        List<Future<?>> work = new ArrayList<>();
        for (int from = 0; from < WORKERS; from++) {
            int first = from;
            work.add(workers.submit(() -> {
                for (int i = first; i < pings.size(); i += WORKERS) {
                    noting.handle(pings.get(i), null);
                }
            }));
        }
        return work;
    }

    private void replace(Client client, Random random) {
        leave(client);
        int index = client.connection().index();
        clients.set(index, enter(index, random.nextBoolean()));
    }

    private Client enter(int index, boolean pings) {
        Client client = Connections.client(index, "client-" + byName.size(), loop.eventLoop.clients());
        if (pings) {
            pinging.add(client);
        }
        byName.put(client.toString(), client);
        openedAt.put(client, clock.get());
        monitor.opened(client);
        return client;
    }

    private void leave(Client client) {
        if (!client.hasLeft()) {
            Connections.leave(client);
            monitor.closed(client);
        }
    }

    private void awaitAll(List<Client> silent) throws InterruptedException {
        Set<Client> left = new HashSet<>(silent);
        while (!left.isEmpty()) {
            left.remove(awaitKick());
        }
    }

    private Client awaitKick() throws InterruptedException {
        Client client = kicked.poll(8, TimeUnit.SECONDS);
        assertThat(client).as("the next who is kicked; faults: " + faults).isNotNull();
        return client;
    }

    /** All leave; one more comes and is kicked: the threads live. */
    private void checkEnd() throws InterruptedException {
        clients.forEach(this::leave);
        assertThat(monitor.entries()).isZero();
        Client last = enter(CLIENTS, false);
        clock.addAndGet(ALLOWED + INTERVAL);
        while (!awaitKick().equals(last)) {}
        leave(last);
        monitor.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("timer");
        assertThat(faults).isEmpty();
    }
}
