package dev.gserver.timer;

import dev.gserver.epoll.BenchmarkClients;
import dev.gserver.epoll.Client;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A data structure that can hold the clients of a server by the time of their next check. One thread. */
interface Contender {
    /** A new client comes; returns what {@link #remove} needs. */
    Object add();

    /** A client leaves. */
    void remove(Object client);

    /** The earliest client is due: it is taken out and put back for its next check; returns it. */
    Object expireAndPutBack();

    /** Empties it: {@code clients} are all that are in. */
    void clear(Object[] clients);

    /** Ends what runs beside it. */
    default void close() {}

    /** The one called {@code name}, for {@code size} clients. */
    static Contender of(String name, int size) {
        return switch (name) {
            case "TimerQueue" -> new Stage5(size);
            case "HashedWheelTimer" -> new NettyWheel();
            case "PriorityQueue" -> new Heap(size);
            default -> throw new IllegalArgumentException("queue " + name + ": not a contender");
        };
    }

    /**
     * Time goes on by one step with each client that comes, and a client is due {@code size} steps after it came. So
     * when {@code size} clients are in, exactly one is due at each further step.
     */
    abstract class Stepping implements Contender {
        static final long STEP_NANOS = 1_000;

        final Client client = BenchmarkClients.create(); // the queues never look at it
        final long waitNanos;
        long now;

        Stepping(int size) {
            waitNanos = size * STEP_NANOS;
        }

        long nextStep() {
            return now += STEP_NANOS;
        }
    }

    /** Stage 5's queue, as the stage uses it. */
    final class Stage5 extends Stepping {
        private TimerQueue queue;

        Stage5(int size) {
            super(size);
            queue = new TimerQueue(waitNanos);
        }

        @Override
        public Object add() {
            TimerEntry entry = new TimerEntry(client, nextStep());
            queue.add(entry, now);
            return entry;
        }

        @Override
        public void remove(Object client) {
            queue.remove((TimerEntry) client);
        }

        @Override
        public Object expireAndPutBack() {
            return Objects.requireNonNull(queue.takeDue(nextStep()), "nothing was due");
        }

        @Override
        public void clear(Object[] clients) {
            queue = new TimerQueue(waitNanos);
        }
    }

    /** The same entries in a binary heap. */
    final class Heap extends Stepping {
        private static final Comparator<TimerEntry> BY_TIME =
                Comparator.comparingLong(TimerEntry::dueNanos).thenComparingLong(TimerEntry::number);

        private PriorityQueue<TimerEntry> queue = new PriorityQueue<>(BY_TIME);
        private long lastNumber;

        Heap(int size) {
            super(size);
        }

        @Override
        public Object add() {
            TimerEntry entry = new TimerEntry(client, nextStep());
            put(entry);
            return entry;
        }

        private void put(TimerEntry entry) {
            entry.schedule(now + waitNanos, ++lastNumber);
            queue.add(entry);
        }

        @Override
        public void remove(Object client) {
            queue.remove(client);
        }

        @Override
        public Object expireAndPutBack() {
            nextStep();
            TimerEntry entry = Objects.requireNonNull(queue.poll());
            if (entry.dueNanos() > now) {
                throw new IllegalStateException("nothing was due");
            }
            put(entry);
            return entry;
        }

        @Override
        public void clear(Object[] clients) {
            queue = new PriorityQueue<>(BY_TIME);
        }
    }

    /**
     * Netty's timing wheel. A call puts a client into a list of what is to be done; the timer's own thread moves it to
     * its place in the wheel, or out of it, at the next tick, at a cost that the caller does not see. What is due is
     * found by that thread alone, by the clock of the machine, so expiry cannot be measured like that of the others.
     */
    final class NettyWheel implements Contender {
        private static final TimerTask NOTHING = timeout -> {};
        private static final int TICK_MILLIS = 10;
        private static final int TICKS = 2048; // one turn takes about as long as the stages' heartbeat interval, 20 s

        private final HashedWheelTimer timer = new HashedWheelTimer(
                Executors.defaultThreadFactory(), TICK_MILLIS, TimeUnit.MILLISECONDS, TICKS, false);
        private final SplittableRandom random = new SplittableRandom(1);

        NettyWheel() {
            timer.start();
        }

        /** Due in an hour, so that nothing expires meanwhile, and spread over the whole wheel. */
        @Override
        public Object add() {
            long millis = TimeUnit.HOURS.toMillis(1) + random.nextInt(TICK_MILLIS * TICKS);
            return timer.newTimeout(NOTHING, millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void remove(Object client) {
            ((Timeout) client).cancel();
        }

        @Override
        public Object expireAndPutBack() {
            throw new UnsupportedOperationException("the timer's own thread does this");
        }

        @Override
        public void clear(Object[] clients) {
            for (Object client : clients) {
                remove(client);
            }
        }

        @Override
        public void close() {
            timer.stop();
        }
    }
}
