package dev.gserver.tools.probe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stage 5: a client that does not ping for too long is closed, one that pings stays. Each waits as long as a client may be
 * silent, so all three wait at the same time: the first that is asked for starts them.
 */
final class HeartbeatChecks {
    /** The first of them. */
    static final String KICK = "kick";

    private static final String STEP = "procPingTimeOutChecking.1";
    private static final int PINGS = 8; // in the time that a client may be silent
    private static final int WHOLE_SECOND = 1_000; // a server may count in seconds
    private static final int SLACK_MILLIS = 2_000;
    private static final int INTERVALS = 3; // are that time; the last check may come one of them later

    private final Server server;
    private final int silence; // milliseconds
    private CompletableFuture<Void> silent;
    private CompletableFuture<Void> talking;
    private CompletableFuture<Void> pinging;

    HeartbeatChecks(Server server) {
        this.server = server;
        this.silence = (int) server.kickAfter().toMillis();
    }

    List<Check> all() {
        String time = " " + silence / 1_000.0 + " s";
        return List.of(
                Check.from(Check.LAST, KICK, STEP, "a client that says nothing is closed after" + time, same -> {
                    start();
                    await(silent);
                }),
                Check.from(Check.LAST, "only-pings", STEP, "so is one that sends registers and no ping", same -> {
                    start();
                    await(talking);
                }),
                Check.from(Check.LAST, "pings-keep", STEP, "one that pings in time stays longer than that", same -> {
                    start();
                    await(pinging);
                }));
    }

    /** How long they take at most. */
    static Duration longest(Duration kickAfter) {
        return kickAfter.plus(kickAfter.dividedBy(INTERVALS)).plusMillis(SLACK_MILLIS);
    }

    private void start() {
        if (silent == null) {
            silent = CompletableFuture.runAsync(() -> wrap(() -> mustBeKicked(new byte[0])), HeartbeatChecks::run);
            talking = CompletableFuture.runAsync(
                    () -> wrap(() -> mustBeKicked(Requests.register("talker"))), HeartbeatChecks::run);
            pinging = CompletableFuture.runAsync(() -> wrap(this::mustStay), HeartbeatChecks::run);
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Part {
        void play() throws Wrong;
    }

    private static void wrap(Part part) {
        try {
            part.play();
        } catch (Wrong e) {
            throw new CompletionException(e);
        }
    }

    private static void await(CompletableFuture<Void> end) throws Wrong {
        try {
            end.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Wrong wrong) {
                throw wrong;
            }
            throw e;
        }
    }

    /** @param words what it says all the time */
    private void mustBeKicked(byte[] words) throws Wrong {
        long start = System.nanoTime();
        long now;
        int count;
        try (Conversation client = server.connect()) {
            do {
                now = System.nanoTime();
                client.write(words);
                count = client.read(new byte[words.length + 1], 0, silence / PINGS);
            } while (count >= 0 && now - start < longest(server.kickAfter()).toNanos());
        }
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        if (count >= 0) {
            throw Wrong.of("it is still connected after " + millis + " ms; expected the end after " + silence + " ms, "
                    + INTERVALS + " intervals, or at the next check");
        }
        if (millis < silence - Math.min(WHOLE_SECOND, silence / PINGS)) {
            throw Wrong.of("closed after " + millis + " ms; expected not before " + silence + " ms");
        }
    }

    /** Once more if this program itself, on a machine with much to do, has not pinged in time. */
    private void mustStay() throws Wrong {
        long start = System.nanoTime();
        long pinged = start;
        try (Conversation client = server.connect()) {
            while (pinged - start < longest(server.kickAfter()).toNanos()) {
                client.ask(Requests.PING);
                pinged = System.nanoTime();
                client.expectQuiet(
                        "it pings " + PINGS + " times in the " + silence + " ms that it may be silent",
                        silence / PINGS);
            }
        } catch (Wrong e) {
            if (Duration.ofNanos(System.nanoTime() - pinged).toMillis() < silence / 2) {
                throw e;
            }
            mustStay();
        }
    }
}
