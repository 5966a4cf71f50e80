package dev.gserver.timer;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What stage 5's timer queue costs as the number of clients grows, beside two others that could take its place. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 2, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TimerQueueBenchmark {
    /** A queue and the clients in it. */
    @State(Scope.Benchmark)
    public abstract static class Clients {
        @Param({"TimerQueue", "HashedWheelTimer", "PriorityQueue"})
        public String queue;

        @Param({"1000", "10000", "100000", "1000000"})
        public int size;

        Contender contender;
        Object[] clients;

        @Setup
        public void create() {
            contender = Contender.of(queue, size);
            clients = new Object[size];
        }

        void fill() {
            for (int i = 0; i < clients.length; i++) {
                clients[i] = contender.add();
            }
        }

        @TearDown
        public void close() {
            contender.close();
        }
    }

    /** Nobody is in when an operation begins. */
    public static class Empty extends Clients {
        @TearDown(Level.Invocation)
        public void empty() {
            contender.clear(clients);
        }
    }

    /** {@code size} clients are in when an operation begins, and when it has ended. */
    public static class Full extends Clients {
        private final SplittableRandom random = new SplittableRandom(2);

        @Setup
        @Override
        public void create() {
            super.create();
            fill();
        }

        int any() {
            return random.nextInt(clients.length);
        }
    }

    /** All clients come, one after another: the time of one is this divided by their number. */
    @Benchmark
    public Object addAll(Empty state) {
        state.fill();
        return state.contender;
    }

    /** The earliest is due, is taken out, and is put back for its next check. */
    @Benchmark
    public Object expireAndPutBack(Full state) {
        return state.contender.expireAndPutBack();
    }

    /** One of the clients, any of them, leaves, and a new one comes. */
    @Benchmark
    public Object remove(Full state) {
        int place = state.any();
        state.contender.remove(state.clients[place]);
        return state.clients[place] = state.contender.add();
    }
}
